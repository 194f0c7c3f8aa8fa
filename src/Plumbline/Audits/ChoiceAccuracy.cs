using System.Text.Json.Serialization;
using Plumbline.Choices;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>How one side chose among lettered options.</summary>
/// <param name="ReadBy">How its choices were found out.</param>
/// <param name="Right">The share of right choices.</param>
/// <param name="AboveChance">The same where guessing is 0 and knowing all is 1: (share − chance) / (1 − chance); below 0 where it is worse than
/// guessing.</param>
public sealed record ChoiceAccuracy(ChoiceReading ReadBy, Proportion Right, double AboveChance)
{
    /// <summary>By log-probability, among how many of the likeliest first tokens; null where the probability of any letter is told, and by letter.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AmongLikeliest { get; init; }

    /// <summary>In how many answers none of the letters was among them, or the letters together had less than <see cref="ChoiceMethod.LeastToChoose"/> of
    /// the first token's probability, which is no right choice; null where that cannot be.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WithoutLetter { get; init; }
}
