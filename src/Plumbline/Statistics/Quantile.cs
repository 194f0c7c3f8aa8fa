namespace Plumbline.Statistics;

/// <summary>Quantiles of a sample: by linear interpolation between order statistics (R's type 7; R. J. Hyndman and Y. Fan, The American Statistician 50, 1996).</summary>
static class Quantile
{
    /// <summary>The quantile.</summary>
    /// <param name="sorted">The values in ascending order; at least one.</param>
    /// <param name="level">From 0, the smallest, to 1, the largest.</param>
    public static double Of(ReadOnlySpan<double> sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var index = Math.Clamp((int)Math.Floor(position), 0, sorted.Length - 1);
        return index == sorted.Length - 1 ? sorted[^1] : sorted[index] + ((position - index) * (sorted[index + 1] - sorted[index]));
    }
}
