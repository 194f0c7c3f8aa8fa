namespace Plumbline.Statistics;

/// <summary>
/// The ratio of two paired shares, candidate over baseline. The interval inverts the score test of M.-L. Tang, N.-S. Tang and I. S. F. Chan, Statistics in
/// Medicine 22 (2003) 1217, as Fagerland, Lydersen and Laake recommend it, Statistics in Medicine 33 (2014). At a ratio of 1 its statistic is that of
/// <see cref="PairedDifference"/> at 0, so the two intervals never disagree about whether anything changed; and like that one it does not vanish where no pair
/// is discordant: it is n / (n + z²) to (n + z²) / n there, n the pairs with the outcome.
/// </summary>
public static class RiskRatio
{
    /// <summary>
    /// All ratios φ that the score test does not reject: <c>|x₁ − φ x₂| ≤ z √((1 + φ) q̂ + (φ − 1) m)</c>, where m counts the pairs with the outcome on at least
    /// one side, x₁ and x₂ the outcomes of the candidate and the baseline, and q̂ is the number of baseline-only pairs that is likeliest given φ. Null where
    /// neither side has the outcome: there is no ratio. Where the baseline has none, estimate and upper bound are infinite; where the candidate has none,
    /// estimate and lower bound are 0.
    /// </summary>
    /// <param name="both">Pairs with the outcome on both sides.</param>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (c).</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="designEffect">By how much sharing prompts makes the variance larger, at least 1: the counts are divided by it, as
    /// <see cref="PairedDifference"/> does.</param>
    public static IntervalEstimate? OfPairs(int both, int candidateOnly, int baselineOnly, double alpha, double designEffect = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfLessThan(designEffect, 1);

        if (both + candidateOnly + baselineOnly == 0)
            return null;

        var (a, b, c) = (both / designEffect, candidateOnly / designEffect, baselineOnly / designEffect);
        var estimate = (double)(both + candidateOnly) / (both + baselineOnly);
        var z = WilsonInterval.Critical(alpha);
        return new IntervalEstimate(
            estimate,
            both + candidateOnly == 0 ? 0 : Crossing(a, b, c, z, estimate),
            both + baselineOnly == 0 ? double.PositiveInfinity : 1 / Crossing(a, c, b, z, 1 / estimate));
    }

    /// <summary>The score statistic for a ratio of φ, standard normal if φ is the truth: above 0 where the observed ratio is larger.</summary>
    static double Score(double a, double b, double c, double ratio)
    {
        var touched = a + b + c;
        var linear = ((a + c) * ratio * ratio) - (a + b + (2 * c));
        var root = Math.Sqrt(Math.Max(0, (linear * linear) - (4 * (1 + ratio) * c * (1 - ratio) * touched)));
        var baselineOnly = (root - linear) / (2 * (1 + ratio));
        var excess = a + b - (ratio * (a + c));
        var variance = ((1 + ratio) * baselineOnly) + ((ratio - 1) * touched);
        return variance > 0 ? excess / Math.Sqrt(variance) : Math.Sign(excess) * double.PositiveInfinity;
    }

    // The statistic falls from infinity at 0 to 0 at the estimate, and to less than any bound beyond it: the lower bound is between. The upper one is the lower
    // one of the sides swapped, inverted.
    static double Crossing(double a, double b, double c, double z, double estimate)
    {
        // Without the outcome on the other side the statistic is √(b / φ).
        if (double.IsInfinity(estimate))
            return b / (z * z);

        var (low, high) = (0.0, estimate);
        for (var step = 0; step < 200 && high - low > high * 1e-14; step++)
        {
            var middle = (low + high) / 2;
            if (Score(a, b, c, middle) > z)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }
}
