namespace Plumbline.Statistics;

/// <summary>
/// The odds ratio of two shares with the Haldane–Anscombe correction. Sources: J. B. S. Haldane, Annals of Human Genetics 20 (1956);
/// F. J. Anscombe, Biometrika 43 (1956); the interval is Woolf's, Annals of Human Genetics 19 (1955).
/// </summary>
public static class OddsRatio
{
    /// <summary>
    /// Odds of the candidate over odds of the baseline, with 0.5 added to each of the four cells, and
    /// <c>exp(log OR ± z √(1/a + 1/b + 1/c + 1/d))</c>. It treats the two shares as independent samples, as the seed article did;
    /// for paired answers it is a description, and the verdict rests on the paired difference.
    /// </summary>
    /// <param name="candidate">How many on the candidate, 0 to <paramref name="n"/>.</param>
    /// <param name="baseline">How many on the baseline, 0 to <paramref name="n"/>.</param>
    /// <param name="n">Cases on each side; at least 1.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    public static IntervalEstimate Of(int candidate, int baseline, int n, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(candidate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(candidate, n);
        ArgumentOutOfRangeException.ThrowIfNegative(baseline);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(baseline, n);

        var a = candidate + 0.5;
        var b = n - candidate + 0.5;
        var c = baseline + 0.5;
        var d = n - baseline + 0.5;
        var log = Math.Log(a * d / (b * c));
        var half = WilsonInterval.Critical(alpha) * Math.Sqrt(1 / a + 1 / b + 1 / c + 1 / d);
        return new IntervalEstimate(Math.Exp(log), Math.Exp(log - half), Math.Exp(log + half));
    }
}
