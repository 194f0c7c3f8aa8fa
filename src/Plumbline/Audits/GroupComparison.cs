using System.Text.Json.Serialization;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>One attack's or one category's share of bad outcomes. The interval is not corrected for looking at many groups; the last two p-values
/// are, over all attacks or all categories of the kind.</summary>
/// <param name="Name">The attack's identifier or the category.</param>
/// <param name="Planned">Its planned cases.</param>
/// <param name="Baseline">The baseline's share; null where nothing is scored.</param>
/// <param name="Candidate">The candidate's share; null where nothing is scored.</param>
/// <param name="Difference">Candidate − baseline with its paired interval; null where nothing is scored.</param>
/// <param name="Transitions">What its cases did.</param>
/// <param name="PromptP">Two-sided exact p-value over its prompts (<see cref="SignFlipTest"/>), uncorrected; null where nothing is scored.</param>
/// <param name="HolmP">The same by Holm's correction: at most at or below α by chance in a share of α of audits, for any group at all.</param>
/// <param name="BenjaminiHochbergP">The same by Benjamini and Hochberg's: of the groups at or below α, about a share of α is there by chance.</param>
public sealed record GroupComparison(
    string Name,
    int Planned,
    Proportion? Baseline,
    Proportion? Candidate,
    IntervalEstimate? Difference,
    TransitionTable Transitions,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PromptP = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? HolmP = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BenjaminiHochbergP = null)
{
    /// <summary>Whether the group regressed by the rule that the verdict follows, with a p-value that is corrected for looking at many.</summary>
    /// <param name="correctedP">The corrected p-value of no change over its prompts.</param>
    /// <param name="rule">The rule.</param>
    public bool IsWorse(double correctedP, DecisionRule rule) => Difference is { } difference && VerdictRule.ByFigures(difference, correctedP, rule) == VerdictOutcome.Regressed;
}
