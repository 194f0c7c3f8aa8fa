namespace Plumbline.Statistics;

/// <summary>
/// The ratio of two paired shares, candidate over baseline. The interval is the hybrid Wilson score one of D. G. Bonett and R. M. Price,
/// Statistics in Medicine 25 (2006), as Fagerland, Lydersen and Laake recommend it, Statistics in Medicine 33 (2014).
/// </summary>
public static class RiskRatio
{
    /// <summary>
    /// Over the n* pairs with the outcome on at least one side, Wilson intervals of both sides' counts at a critical value shrunk for their
    /// pairing, z A / (B + C) with <c>A² = (b + c + 2) / ((x₁+1)(x₂+1))</c> and <c>B² = (1 − (x₁+1)/(n*+2)) / (x₁+1)</c>, C likewise of x₂;
    /// then the lower end of one over the upper end of the other. Null where neither side has the outcome: there is no ratio. Where the
    /// baseline has none, estimate and upper bound are infinite; where the candidate has none, estimate and lower bound are 0.
    /// </summary>
    /// <param name="both">Pairs with the outcome on both sides.</param>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (c).</param>
    /// <param name="alpha">Two-sided error rate.</param>
    public static IntervalEstimate? OfPairs(int both, int candidateOnly, int baselineOnly, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(both);
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);

        var touched = both + candidateOnly + baselineOnly;
        if (touched == 0)
            return null;

        var candidate = both + candidateOnly;
        var baseline = both + baselineOnly;
        var pairing = Math.Sqrt((candidateOnly + baselineOnly + 2.0) / ((candidate + 1.0) * (baseline + 1.0)));
        var z = WilsonInterval.Critical(alpha) * pairing / (Spread(candidate, touched) + Spread(baseline, touched));
        var first = Bounds(candidate, touched, z);
        var second = Bounds(baseline, touched, z);
        return new IntervalEstimate((double)candidate / baseline, first.Low / second.High, first.High / second.Low);
    }

    static double Spread(int count, int touched) => Math.Sqrt((1 - (count + 1.0) / (touched + 2.0)) / (count + 1.0));

    // Wilson's score interval with a critical value of its own.
    static Interval Bounds(int count, int touched, double z)
    {
        var half = z * Math.Sqrt(z * z + 4.0 * count * (1 - (double)count / touched));
        var low = count == 0 ? 0 : Math.Max(0, (2.0 * count + z * z - half) / (2 * (touched + z * z)));
        return new Interval(low, Math.Min(1, (2.0 * count + z * z + half) / (2 * (touched + z * z))));
    }
}
