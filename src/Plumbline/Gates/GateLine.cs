using System.Text.Json.Serialization;
using Plumbline.Statistics;

namespace Plumbline.Gates;

/// <summary>What became of one demand.</summary>
/// <param name="Metric">What was looked at.</param>
/// <param name="Label">The same in words.</param>
/// <param name="Margin">By how much it might get worse; null where the demand is a limit.</param>
/// <param name="N">Cases that are scored on both sides.</param>
/// <param name="Baseline">The baseline's share or mean; null where nothing was measured.</param>
/// <param name="Candidate">The candidate's; null where nothing was measured.</param>
/// <param name="Difference">Candidate − baseline with its interval; null where nothing was measured, or the demand is a limit.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why, in a sentence.</param>
public sealed record GateLine(
    GateMetric Metric,
    string Label,
    double? Margin,
    int N,
    double? Baseline,
    double? Candidate,
    IntervalEstimate? Difference,
    GateOutcome Outcome,
    string Reason)
{
    /// <summary>What the candidate's own level was held against: the largest share, or the smallest mean understanding; null where the demand is a
    /// margin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Limit { get; init; }

    /// <summary>The candidate's level with the interval that was held against <see cref="Limit"/>; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IntervalEstimate? Level { get; init; }
}
