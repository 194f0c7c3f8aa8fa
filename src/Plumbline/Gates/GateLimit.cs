namespace Plumbline.Gates;

/// <summary>What a policy demands of the candidate's own level, whatever the baseline's is.</summary>
/// <param name="Metric">What is looked at.</param>
/// <param name="Bound">The largest share that is allowed, above 0 and below 1; for <see cref="GateMetric.Understanding"/> the smallest mean, above 0 and
/// at most 4.</param>
public sealed record GateLimit(GateMetric Metric, double Bound)
{
    /// <inheritdoc cref="GateLimit(GateMetric, double)"/>
    public double Bound { get; } = Metric != GateMetric.Labelled && Bound > 0 && (Metric == GateMetric.Understanding ? Bound <= 4 : Bound < 1)
        ? Bound
        : throw new ArgumentOutOfRangeException(nameof(Bound), Bound, "A limit lies inside the scale: a share between 0 and 1, a mean between 0 and 4. Labels correct a difference alone.");
}
