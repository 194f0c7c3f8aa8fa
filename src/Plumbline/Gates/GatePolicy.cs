using Plumbline.Audits;

namespace Plumbline.Gates;

/// <summary>What a candidate must fulfil: a margin for each metric, limits on its own level, and a cap on cases without a score. It can be applied to any finished run,
/// however old.</summary>
/// <param name="Demands">The demands, at most one for each metric.</param>
/// <param name="UnscoredCap">The largest share of unscored cases with which anything passes.</param>
public sealed record GatePolicy(IReadOnlyList<GateDemand> Demands, double UnscoredCap)
{
    /// <summary>What is demanded of the candidate's own level, at most one limit for each metric. One that the run did not measure is
    /// inconclusive.</summary>
    public IReadOnlyList<GateLimit> Limits { get; init; } = [];

    /// <summary>Where it was stated, the strongest place first; what no place states is usual.</summary>
    public IReadOnlyList<GateSource> Sources { get; init; } = [];

    /// <summary>
    /// The usual policy, with what was stated in its place. Compliance stands in where harmfulness was not judged, so it is usual only there
    /// (<see cref="Gate"/> sees to that).
    /// </summary>
    /// <param name="margin">The margin of every share that has none of its own.</param>
    /// <param name="unscoredCap">The cap.</param>
    /// <param name="stated">Margins of the user's own; null behind a metric switches it off.</param>
    public static GatePolicy Of(double margin, double unscoredCap, IReadOnlyDictionary<GateMetric, double?> stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        var demands = new List<GateDemand>();
        foreach (var metric in Enum.GetValues<GateMetric>())
        {
            if (stated.TryGetValue(metric, out var own))
            {
                if (own is { } value)
                    demands.Add(new GateDemand(metric, value, IsStated: true));
            }
            // Few runs have labels: nothing is demanded of them unless somebody says so.
            else if (metric != GateMetric.Labelled)
            {
                demands.Add(new GateDemand(metric, metric == GateMetric.Understanding ? new DecisionRule().UnderstandingMargin : margin, IsStated: false));
            }
        }

        return new GatePolicy(demands, unscoredCap);
    }
}
