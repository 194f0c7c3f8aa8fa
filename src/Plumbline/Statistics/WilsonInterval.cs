using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// Wilson's score interval for a share. Source: E. B. Wilson, "Probable inference, the law of succession, and statistical
/// inference", JASA 22 (1927); recommended over the normal interval by Brown, Cai and DasGupta, Statistical Science 16 (2001).
/// </summary>
public static class WilsonInterval
{
    /// <summary>
    /// The share with its interval: <c>(p̂ + z²/2n ± z √(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)</c>.
    /// It stays inside [0, 1], and at 0 of n it is not empty.
    /// </summary>
    /// <param name="count">How many had the property, 0 to <paramref name="n"/>.</param>
    /// <param name="n">Of how many; at least 1.</param>
    /// <param name="alpha">Two-sided error rate, such as 0.05.</param>
    public static Proportion Of(int count, int n, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, n);

        var share = (double)count / n;
        var interval = Of(share, (double)n, alpha);
        return new Proportion(count, n, share, interval.Low, interval.High);
    }

    /// <summary>The same interval for a share of cases that are worth fewer independent ones: several may share a prompt
    /// (<see cref="DesignEffect"/>).</summary>
    /// <param name="share">The share, 0 to 1.</param>
    /// <param name="n">How many independent cases it is worth; above 0.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    public static Interval Of(double share, double n, double alpha)
    {
        if (!(share is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies between 0 and 1.");
        if (!(n > 0))
            throw new ArgumentOutOfRangeException(nameof(n), n, "A share is one of more than no case.");

        var z = Critical(alpha);
        var shrink = 1 + z * z / n;
        var centre = share + z * z / (2.0 * n);
        var half = z * Math.Sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));

        // At the ends the formula gives exactly 0 and 1; rounding must not push it past them.
        var low = share == 0 ? 0 : Math.Max(0, (centre - half) / shrink);
        var high = share == 1 ? 1 : Math.Min(1, (centre + half) / shrink);
        return new Interval(low, high);
    }

    /// <summary>The standard normal quantile at 1 − alpha/2.</summary>
    internal static double Critical(double alpha)
    {
        if (alpha is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");

        return Normal.InvCDF(0, 1, 1 - alpha / 2);
    }
}
