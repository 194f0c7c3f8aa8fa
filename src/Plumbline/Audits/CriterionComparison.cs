using System.Text.Json.Serialization;
using Plumbline.Judges;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>One criterion's means, on its 0 to 4 scale, with bootstrap intervals.</summary>
/// <param name="Criterion">Which criterion.</param>
/// <param name="N">How many cases are scored on it on both sides.</param>
/// <param name="Baseline">The baseline's mean.</param>
/// <param name="Candidate">The candidate's mean.</param>
/// <param name="Difference">The mean paired difference, candidate − baseline.</param>
/// <param name="SignedRank">Wilcoxon's signed-rank test over prompts, each with the mean difference of its cases; unchanged prompts are left out.</param>
public sealed record CriterionComparison(
    Criterion Criterion,
    int N,
    IntervalEstimate Baseline,
    IntervalEstimate Candidate,
    IntervalEstimate Difference,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignedRank? SignedRank = null)
{
    /// <summary>Where this is understanding: whether it was kept, by the margin of <paramref name="rule"/>.</summary>
    public CapabilityFinding FindingBy(DecisionRule rule) => VerdictRule.CapabilityOf(this, rule);
}
