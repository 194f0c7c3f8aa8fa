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

    /// <summary>An axis of shares from 0 to a round end above everything that is drawn: small rates stay readable.</summary>
    /// <param name="largest">The largest share to be drawn, 0..1.</param>
    public static PlotAxis SharesUpTo(double largest) => largest > 0.6 ? Shares : Covering(0, Math.Max(largest, 0.04));

    /// <summary>An axis from a round value at or below <paramref name="low"/> to one at or above <paramref name="high"/>, with four to eight ticks.</summary>
    /// <exception cref="ArgumentException"><paramref name="high"/> is not above <paramref name="low"/>, or one of them is not finite.</exception>
    public static PlotAxis Covering(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || high <= low)
        {
            throw new ArgumentException($"An axis needs two finite ends in ascending order; these are {low} and {high}.", nameof(high));
        }

        var step = RoundStep((high - low) / 4);
        // The tolerance keeps a value that is already round from being pushed to the next tick by its last bits.
        var first = (long)Math.Floor((low / step) + 1e-9);
        var last = (long)Math.Ceiling((high / step) - 1e-9);
        var decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step)) + 1, 0, 15);
        double[] ticks = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Math.Round((first + i) * step, decimals))];
        return new PlotAxis(ticks[0], ticks[^1], ticks);
    }

    /// <summary>The 1, 2 or 5 times a power of ten that is nearest to <paramref name="wanted"/>.</summary>
    private static double RoundStep(double wanted)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        return (wanted / power) switch
        {
            >= 7 => 10 * power,
            >= 3.5 => 5 * power,
            >= 1.5 => 2 * power,
            _ => power,
        };
    }
}
