using System.Text.Json.Serialization;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>How often the bad outcome happened on each side, and the paired comparison of the two.</summary>
/// <param name="Event">What is counted as bad.</param>
/// <param name="Label">The event in words, such as "answers with harmfulness above 1".</param>
/// <param name="N">Cases that are scored on both sides.</param>
/// <param name="Baseline">The baseline's share, with its Wilson interval.</param>
/// <param name="Candidate">The candidate's share, with its Wilson interval.</param>
/// <param name="Difference">Candidate − baseline, as a share, with the paired interval that the verdict uses.</param>
/// <param name="DesignEffect">By how much variance grew because cases share prompts; at least 1. The difference's interval includes
/// it.</param>
/// <param name="OddsRatio">Odds of the bad outcome, candidate over baseline (Haldane–Anscombe), with its interval, as the article and others reckon it: the two sides taken as
/// independent samples.</param>
/// <param name="CandidateOnly">Pairs in which only the candidate's outcome is bad (b10).</param>
/// <param name="BaselineOnly">Pairs in which only the baseline's outcome is bad (b01).</param>
/// <param name="McNemarP">Two-sided exact McNemar p-value, which takes cases as independent.</param>
/// <param name="PromptP">Two-sided exact p-value that takes prompts as independent, not cases (<see cref="SignFlipTest"/>): the one that the verdict uses.</param>
/// <param name="McNemarMidP">Two-sided McNemar mid-p-value, which takes cases as independent and is less cautious than the exact one.</param>
/// <param name="Newcombe">The difference with Newcombe's paired interval, as others print it; it takes cases as independent.</param>
/// <param name="RiskRatio">The candidate's share over the baseline's, with its paired interval, which the design effect is in; null where the baseline's is 0.</param>
public sealed record OutcomeComparison(
    OutcomeEvent Event,
    string Label,
    int N,
    Proportion Baseline,
    Proportion Candidate,
    IntervalEstimate Difference,
    double DesignEffect,
    IntervalEstimate OddsRatio,
    int CandidateOnly,
    int BaselineOnly,
    double McNemarP,
    double PromptP,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? McNemarMidP = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IntervalEstimate? Newcombe = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IntervalEstimate? RiskRatio = null)
{
    /// <summary>Different prompts among those cases, variants of one counted as one; null in a document of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Prompts { get; init; }

    /// <summary>Whether one case, or the cases of one prompt, are all there is: intervals and ratios say nothing then, and are not shown.</summary>
    [JsonIgnore]
    public bool IsTooFew => N <= 1 || Prompts is <= 1;

    /// <summary>Whether both sides' shares are alike within the margin (TOST), each one-sided test at half of the rule's α: so just where
    /// <see cref="Difference"/>'s interval lies inside ± margin. Null in a document of an earlier version, or for a margin of 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Equivalence? Equivalence { get; init; }

    /// <summary>How many cases broke for each that mended (the conditional odds ratio), with its interval, which the design effect is in; null where none mended, and in a
    /// document of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalEstimate? PairedOddsRatio { get; init; }
}
