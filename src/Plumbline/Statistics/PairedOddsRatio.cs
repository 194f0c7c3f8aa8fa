namespace Plumbline.Statistics;

/// <summary>
/// The conditional odds ratio of paired answers: how many broke for each that mended. It looks at the discordant pairs alone, as McNemar's test does. The interval
/// is Wilson's for the share of them that broke, as odds, which Fagerland, Lydersen and Laake recommend, Statistics in Medicine 33 (2014) 2850: it leaves out 1
/// just where <see cref="PairedDifference"/>'s leaves out 0.
/// </summary>
public static class PairedOddsRatio
{
    /// <summary>b / c with its interval. Null where no pair is discordant: there is no ratio. Without baseline-only pairs estimate and upper bound are infinite;
    /// without candidate-only ones estimate and lower bound are 0.</summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (c).</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="designEffect">By how much sharing prompts makes the variance larger, at least 1: the counts are divided by it, as
    /// <see cref="PairedDifference"/> does.</param>
    public static IntervalEstimate? Of(int candidateOnly, int baselineOnly, double alpha, double designEffect = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfLessThan(designEffect, 1);

        if (candidateOnly + baselineOnly == 0)
            return null;

        var (b, c) = (candidateOnly / designEffect, baselineOnly / designEffect);
        var square = Math.Pow(WilsonInterval.Critical(alpha), 2);
        // Wilson's bounds are the shares p at which (b − (b + c) p)² = z² (b + c) p (1 − p); as odds o = p / (1 − p) that is (b − c o)² = z² (b + c) o.
        var middle = (2 * b * c) + (square * (b + c));
        var root = Math.Sqrt(Math.Max(0, (middle * middle) - (4 * b * b * c * c)));
        return new IntervalEstimate(
            (double)candidateOnly / baselineOnly,
            2 * b * b / (middle + root),
            baselineOnly == 0 ? double.PositiveInfinity : (middle + root) / (2 * c * c));
    }
}
