namespace Plumbline.Gates;

/// <summary>One demand of a policy.</summary>
/// <param name="Metric">What is looked at.</param>
/// <param name="Margin">By how much it may get worse: a share (0.03 = 3 points), or points of the 0 to 4 scale for
/// <see cref="GateMetric.Understanding"/>. Above 0.</param>
/// <param name="IsStated">Whether the user stated it. One that is only usual is left out where the run did not measure it; one that was
/// stated is then inconclusive.</param>
public sealed record GateDemand(GateMetric Metric, double Margin, bool IsStated)
{
    /// <inheritdoc cref="GateDemand(GateMetric, double, bool)"/>
    public double Margin { get; } = Margin > 0 ? Margin : throw new ArgumentOutOfRangeException(nameof(Margin), Margin, "A margin is above 0.");
}
