using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>How many paired cases a conclusion needs. Formula: the normal approximation for paired shares (Connor, Biometrics 43,
/// 1987).</summary>
public static class SampleSize
{
    /// <summary>The chance of reaching the conclusion, if the truth is as observed, that the number aims at.</summary>
    public const double Power = 0.8;

    /// <summary>Beyond this many cases nobody runs them.</summary>
    internal const int MostUseful = 10_000_000;

    /// <summary>
    /// Cases needed in all so that the interval for the difference falls short of the margin (where the difference is below it), or above
    /// 0 (where it is positive), whichever takes fewer: <c>(z_{1−α/2} + z_{power})² (ψ − δ²) / distance²</c> with ψ the share of discordant
    /// pairs, half a pair of each kind added so that none seen does not mean none possible. On the way below the margin never fewer than the
    /// score interval needs without any discordant pair, <c>z² (1 − margin) / margin</c>; on the way above 0 never fewer than bring the exact test
    /// to reject where nothing mends, <c>2 · 2^−breaks ≤ α</c>. Null where the number is beyond all use.
    /// </summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b10).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (b01).</param>
    /// <param name="n">All pairs; at least 1.</param>
    /// <param name="margin">The non-inferiority margin, above 0, as a share.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="designEffect">The design effect, at least 1.</param>
    public static int? ToDecide(int candidateOnly, int baselineOnly, int n, double margin, double alpha, double designEffect)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);

        var difference = (double)(candidateOnly - baselineOnly) / n;
        var discordant = (candidateOnly + baselineOnly + 1.0) / (n + 1);
        var isBelow = margin - difference >= difference;
        var distance = isBelow ? margin - difference : difference;
        var critical = WilsonInterval.Critical(alpha);
        var z = critical + Normal.InvCDF(0, 1, Power);

        var needed = Math.Max(
            z * z * Math.Max(0, discordant - difference * difference) / (distance * distance),
            isBelow ? critical * critical * (1 - margin) / margin : FewestBreaks(alpha) / difference) * designEffect;
        return needed < MostUseful ? (int)Math.Ceiling(needed) : null;
    }

    /// <summary>By how much further than an interval's half width the truth must lie from a bound for the conclusion to have its power:
    /// (z_{1−α/2} + z_{power}) / z_{1−α/2}.</summary>
    internal static double WideningForPower(double alpha)
    {
        var critical = WilsonInterval.Critical(alpha);
        return (critical + Normal.InvCDF(0, 1, Power)) / critical;
    }

    /// <summary>The fewest prompts, all changed the same way, with which the exact test rejects: <c>2 · 2^−G ≤ α</c>.</summary>
    internal static double FewestBreaks(double alpha) => Math.Ceiling(1 - Math.Log2(alpha));
}
