namespace Plumbline.Statistics;

/// <summary>
/// Newcombe's interval for the difference of two paired shares, built from the two shares' Wilson intervals and their correlation: method 10
/// of R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data", Statistics in
/// Medicine 17 (1998), 2635–2650.
/// </summary>
public static class NewcombePairedInterval
{
    /// <summary>
    /// With [l₁, u₁] and [l₂, u₂] the Wilson intervals of the candidate's and the baseline's share:
    /// <c>d − √((p₁−l₁)² − 2φ(p₁−l₁)(u₂−p₂) + (u₂−p₂)²)</c> to <c>d + √((u₁−p₁)² − 2φ(u₁−p₁)(p₂−l₂) + (p₂−l₂)²)</c>. φ is the correlation
    /// of the four cells with a continuity correction: from a positive ad − bc, n/2 is taken, but not below 0; it is 0 where a margin is
    /// empty. It takes pairs as independent.
    /// </summary>
    /// <param name="both">Pairs with the outcome on both sides (a).</param>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (c).</param>
    /// <param name="neither">Pairs with the outcome on neither side (d). All four together are at least 1.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    public static IntervalEstimate Of(int both, int candidateOnly, int baselineOnly, int neither, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(neither);

        var n = both + candidateOnly + baselineOnly + neither;
        var first = WilsonInterval.Of(both + candidateOnly, n, alpha);
        var second = WilsonInterval.Of(both + baselineOnly, n, alpha);
        var phi = Correlation(both, candidateOnly, baselineOnly, neither);
        var difference = (double)(candidateOnly - baselineOnly) / n;
        var low = Distance(first.Rate - first.Low, second.High - second.Rate, phi);
        var high = Distance(first.High - first.Rate, second.Rate - second.Low, phi);
        return new IntervalEstimate(difference, Math.Max(-1, difference - low), Math.Min(1, difference + high));
    }

    static double Distance(double left, double right, double phi) =>
        Math.Sqrt(Math.Max(0, left * left - 2 * phi * left * right + right * right));

    static double Correlation(double a, double b, double c, double d)
    {
        var margins = (a + b) * (c + d) * (a + c) * (b + d);
        if (margins <= 0)
            return 0;

        var agreement = a * d - b * c;
        var corrected = agreement > 0 ? Math.Max(0, agreement - (a + b + c + d) / 2) : agreement;
        return corrected / Math.Sqrt(margins);
    }
}
