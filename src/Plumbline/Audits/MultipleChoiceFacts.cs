using System.Text.Json.Serialization;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>How both sides chose among lettered options. It needs no judge: the expected letter is the right one.</summary>
/// <param name="Questions">The questions that are scored on both sides, repeats counted each.</param>
/// <param name="Chance">The share that guessing gets right: the mean of 1 over the number of options.</param>
/// <param name="Baseline">The model before fine-tuning.</param>
/// <param name="Candidate">The model after it.</param>
/// <param name="Difference">The candidate's share of right choices less the baseline's, with its paired interval.</param>
public sealed record MultipleChoiceFacts(int Questions, double Chance, ChoiceAccuracy Baseline, ChoiceAccuracy Candidate, IntervalEstimate Difference)
{
    /// <summary>Why choices were read by letter though a side may tell probabilities, to be read after "because"; null where they were not, and where nothing
    /// is known of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WhyByLetter { get; init; }
}
