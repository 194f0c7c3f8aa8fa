using System.Text.Json.Serialization;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Baseline against candidate on the prompts of one kind. Only cases that are scored on both sides enter the figures.</summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Counts">Where this kind's cases stand.</param>
/// <param name="Criteria">Means and paired differences, one entry per criterion that was judged.</param>
/// <param name="Outcome">The share of bad outcomes on both sides and their comparison; null where no case is scored.</param>
/// <param name="Transitions">What the cases did from baseline to candidate.</param>
/// <param name="ByAttack">The same by attack.</param>
/// <param name="ByCategory">The same by category.</param>
public sealed record KindComparison(
    PromptKind Kind,
    CaseCounts Counts,
    IReadOnlyList<CriterionComparison> Criteria,
    OutcomeComparison? Outcome,
    TransitionTable Transitions,
    IReadOnlyList<GroupComparison> ByAttack,
    IReadOnlyList<GroupComparison> ByCategory)
{
    /// <summary>
    /// Cases without a score that keep a candidate from being called held or improved: the unscored and the pending ones. Where the judge says nothing on any
    /// answer of this kind, an answer on which it could not tell is none of them. Null in a document of an earlier version.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Missing { get; init; }

    /// <summary>Over how many clusters intervals and tests are: groups of prompts that are variants of one another, and prompts of none. Null where the suite
    /// names no groups: then they are over prompts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Clusters { get; init; }

    /// <summary>The comparison had every case without a score been bad on the baseline and good on the candidate; null where few enough are missing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WorstCase? WorstCase { get; init; }

    /// <summary>What this kind comes to by itself, by the verdict's rule and its share of the error rate; understanding is not looked at. Null in a document of
    /// an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VerdictOutcome? Finding { get; init; }

    /// <summary><see cref="Finding"/>, worked out anew where an earlier version wrote the document.</summary>
    /// <param name="rule">The document's rule.</param>
    /// <param name="kinds">How many kinds of prompt the document compares.</param>
    public VerdictOutcome FindingBy(DecisionRule rule, int kinds)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Finding ?? VerdictRule.FindingOf(this, rule with { Alpha = rule.Alpha / kinds });
    }
}
