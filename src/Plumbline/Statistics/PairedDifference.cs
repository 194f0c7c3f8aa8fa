namespace Plumbline.Statistics;

/// <summary>
/// The score interval for the difference of two paired shares. Source: T. Tango, "Equivalence test and confidence interval for the
/// difference in proportions for the paired-sample design", Statistics in Medicine 17 (1998), 891–908.
/// It holds its level at small shares, where the Wald interval is too short, and does not vanish when no pair is discordant.
/// </summary>
public static class PairedDifference
{
    /// <summary>
    /// All differences δ that the score test does not reject:
    /// <c>|b10 − b01 − nδ| ≤ z √(n (2q̂ + δ(1 − δ)))</c>, where q̂ is the maximum-likelihood share of baseline-only pairs given δ.
    /// </summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b10). Need not be whole: see
    /// <paramref name="designEffect"/>.</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (b01).</param>
    /// <param name="n">All pairs; at least 1.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="designEffect">
    /// By how much sharing prompts makes the variance larger, at least 1 (see <see cref="DesignEffect"/>). The counts are divided by it:
    /// the effective sample size of Kish, "Survey Sampling" (1965), as Korn and Graubard do for one share (Survey Methodology 24, 1998).
    /// </param>
    public static IntervalEstimate Of(int candidateOnly, int baselineOnly, int n, double alpha, double designEffect = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        if (candidateOnly + baselineOnly > n)
            throw new ArgumentException("There are more discordant pairs than pairs.", nameof(n));
        ArgumentOutOfRangeException.ThrowIfLessThan(designEffect, 1);

        var b = candidateOnly / designEffect;
        var c = baselineOnly / designEffect;
        var size = n / designEffect;
        var z = WilsonInterval.Critical(alpha);
        var estimate = (double)(candidateOnly - baselineOnly) / n;

        // The score falls as δ grows, is 0 at the estimate, and is beyond ±z at ∓1: one crossing on each side.
        var low = Crossing(delta => Score(b, c, size, delta) - z, -1, estimate);
        var high = Crossing(delta => Score(b, c, size, delta) + z, estimate, 1);
        return new IntervalEstimate(estimate, low, high);
    }

    /// <summary>
    /// The score statistic for a difference of δ, standard normal if δ is the truth: above 0 where the observed difference is larger.
    /// </summary>
    /// <param name="b">Pairs with the outcome on the candidate only; need not be whole.</param>
    /// <param name="c">Pairs with the outcome on the baseline only.</param>
    /// <param name="n">All pairs.</param>
    /// <param name="delta">The difference held against it, between −1 and 1.</param>
    internal static double Score(double b, double c, double n, double delta)
    {
        var excess = b - c - n * delta;
        var variance = n * (2 * BaselineOnlyShare(b, c, n, delta) + delta * (1 - delta));
        return variance > 0 ? excess / Math.Sqrt(variance) : Math.Sign(excess) * double.PositiveInfinity;
    }

    // The positive root of 2n q² + B q + C = 0 (Tango's equation 9).
    static double BaselineOnlyShare(double b, double c, double n, double delta)
    {
        var linear = -b - c + (2 * n - b + c) * delta;
        var constant = -c * delta * (1 - delta);
        return (Math.Sqrt(Math.Max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
    }

    static double Crossing(Func<double, double> score, double left, double right)
    {
        // Bisection to the last bit that matters: 60 halvings of an interval of length 2.
        for (var step = 0; step < 60; step++)
        {
            var middle = (left + right) / 2;
            if (score(middle) > 0)
                left = middle;
            else
                right = middle;
        }

        return (left + right) / 2;
    }
}
