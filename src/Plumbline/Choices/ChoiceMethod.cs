using System.Globalization;

namespace Plumbline.Choices;

/// <summary>How the choices of a run are found out, on both sides.</summary>
/// <param name="Reading">By the letter in the answer, or by probability.</param>
/// <param name="Likeliest">Among how many of the likeliest first tokens, where these are all that is told; null where any letter's probability is.</param>
/// <param name="Why">Why it is by the letter in the answer; null where it is not, or nothing is known of it. To be read after "because".</param>
public sealed record ChoiceMethod(ChoiceReading Reading, int? Likeliest = null, string? Why = null)
{
    /// <summary>The least share of the probability of the first token that the letters together must have, where only the likeliest tokens are told, for the likeliest letter
    /// to be a choice.</summary>
    public const double LeastToChoose = LetterProbabilities.LeastToChoose;

    const string Among = " among ";

    /// <summary>By the letter in the answer.</summary>
    public static ChoiceMethod ByLetter { get; } = new(ChoiceReading.Text);

    /// <summary>By the probability of any letter, as a model in this process tells it.</summary>
    public static ChoiceMethod ByAnyProbability { get; } = new(ChoiceReading.LogProbability);

    /// <summary>How it stands in a run's request; null by letter, as it always was.</summary>
    internal string? Part => (Reading, Likeliest) switch
    {
        (ChoiceReading.Text, _) => null,
        (_, { } most) => nameof(ChoiceReading.LogProbability) + Among + most.ToString(CultureInfo.InvariantCulture),
        _ => nameof(ChoiceReading.LogProbability),
    };

    /// <summary>What <see cref="Part"/> says.</summary>
    internal static ChoiceMethod Of(string? part)
    {
        const string Start = nameof(ChoiceReading.LogProbability) + Among;
        return part == nameof(ChoiceReading.LogProbability) ? ByAnyProbability
            : part?.StartsWith(Start, StringComparison.Ordinal) == true && int.TryParse(part.AsSpan(Start.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most > 0 ? new ChoiceMethod(ChoiceReading.LogProbability, most)
            : ByLetter;
    }
}
