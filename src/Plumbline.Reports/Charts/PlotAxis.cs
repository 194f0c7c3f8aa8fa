namespace Plumbline.Reports.Charts;

/// <summary>A linear axis from left to right. Positions are percentages of the plot's width, so that a plot has no size of its own.</summary>
/// <param name="Minimum">The value at 0%.</param>
/// <param name="Maximum">The value at 100%; greater than <paramref name="Minimum"/>.</param>
/// <param name="Ticks">The values to draw a grid line at, in ascending order.</param>
public sealed record PlotAxis(double Minimum, double Maximum, IReadOnlyList<double> Ticks)
{
    /// <summary>The 0..4 scale of the three criteria.</summary>
    public static PlotAxis Scores { get; } = new(0, 4, [0, 1, 2, 3, 4]);

    /// <summary>Shares of answers, 0..1.</summary>
    public static PlotAxis Shares { get; } = new(0, 1, [0, 0.25, 0.5, 0.75, 1]);

    /// <summary>Where a value lies, in percent of the width; values outside the axis are drawn at its end.</summary>
    public double Position(double value) =>
        double.IsNaN(value) ? 0 : Math.Clamp((value - Minimum) / (Maximum - Minimum), 0, 1) * 100;

    /// <summary>An axis of shares that ends at the first round value above everything that is drawn: small rates stay readable.</summary>
    /// <param name="largest">The largest share to be drawn, 0..1.</param>
    public static PlotAxis SharesUpTo(double largest)
    {
        foreach (var (end, step) in RoundEnds)
        {
            if (largest <= end)
            {
                var count = (int)Math.Round(end / step);
                return new PlotAxis(0, end, [.. Enumerable.Range(0, count + 1).Select(i => Math.Round(i * step, 4))]);
            }
        }

        return Shares;
    }

    private static IReadOnlyList<(double End, double Step)> RoundEnds { get; } =
        [(0.05, 0.01), (0.1, 0.02), (0.2, 0.05), (0.4, 0.1), (0.6, 0.2), (1, 0.25)];
}
