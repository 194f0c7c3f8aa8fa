using System.Text.Json.Serialization;
using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>Where the planned cases stand: Planned = Scored + Unscored + Pending, always. A case is scored when both sides are.</summary>
/// <param name="Planned">All cases.</param>
/// <param name="Scored">Both sides have a score.</param>
/// <param name="Unscored">Both sides are finished, and at least one has no score.</param>
/// <param name="Pending">At least one side is not finished.</param>
/// <param name="UnscoredReasons">Why answers have no score, by side and reason; one case may appear on both sides.</param>
public sealed record CaseCounts(int Planned, int Scored, int Unscored, int Pending, IReadOnlyList<UnscoredCount> UnscoredReasons)
{
    /// <summary>All cases.</summary>
    /// <exception cref="ArgumentException">The three parts do not add up to it: a case was lost or counted twice.</exception>
    [JsonPropertyOrder(-1)]
    public int Planned { get; } = Planned == Scored + Unscored + Pending
        ? Planned
        : throw new ArgumentException($"{Planned} planned cases are not {Scored} scored, {Unscored} unscored and {Pending} pending.", nameof(Planned));

    /// <summary>How many answers have no score for one of these reasons.</summary>
    public int Answers(params IEnumerable<UnscoredReason> reasons) => UnscoredReasons.Where(unscored => reasons.Contains(unscored.Reason)).Sum(unscored => unscored.Count);
}
