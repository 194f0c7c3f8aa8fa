using MathNet.Numerics.Distributions;
using MathNet.Numerics.Random;

namespace Plumbline.Statistics;

/// <summary>
/// Bootstrap intervals for means, resampling prompts rather than cases, because cases that share a prompt are not independent.
/// Sources: B. Efron, "Better bootstrap confidence intervals", JASA 82 (1987) for BCa; Davison and Hinkley, "Bootstrap Methods and
/// their Application" (1997), section 3.8, for resampling clusters. Seeded: the same input gives the same interval.
/// Few clusters spread less in resamples than in truth; the percentiles are moved out for that, to those of <c>t_{G−1} √(G/(G−1))</c> in the
/// place of z (T. C. Hesterberg, The American Statistician 69, 2015, section 5.3).
/// </summary>
public static class ClusterBootstrap
{
    /// <summary>
    /// The mean of <paramref name="values"/> with its BCa interval. Two cases tell nothing of the spread. Where all values are equal, a
    /// bootstrap would claim certainty from any number of cases; instead as many as Wilson's interval for 0 of n allows may lie at the
    /// ends of
    /// the scale. With one cluster of different values the interval is their range.
    /// </summary>
    /// <param name="values">One value a case; at least one.</param>
    /// <param name="clusters">The cluster of each value; the same length.</param>
    /// <param name="scale">The least and the greatest value possible.</param>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="resamples">How many resamples; at least 100.</param>
    /// <param name="seed">The generator's seed.</param>
    public static IntervalEstimate Mean(IReadOnlyList<double> values, IReadOnlyList<string> clusters, Interval scale, double alpha, int resamples, long seed)
    {
        if (values.Count == 0)
            throw new ArgumentException("There is no mean of nothing.", nameof(values));
        if (clusters.Count != values.Count)
            throw new ArgumentException("Every value needs a cluster.", nameof(clusters));
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);

        var estimate = values.Average();
        var (sums, counts) = Totals(values, clusters);
        var low = values.Min();
        var high = values.Max();
        if (low.Equals(high))
            return Unvaried(low, values.Count, scale, alpha);
        if (sums.Length == 1)
            return new IntervalEstimate(estimate, low, high);

        var means = Resample(sums, counts, resamples, seed);
        Array.Sort(means);
        var interval = BiasCorrected(means, estimate, Acceleration(sums, counts), Critical(alpha, sums.Length));
        return new IntervalEstimate(estimate, interval.Low, interval.High);
    }

    static IntervalEstimate Unvaried(double value, int n, Interval scale, double alpha)
    {
        var unseen = WilsonInterval.Of(0, n, alpha).High;
        return new IntervalEstimate(value, value - unseen * (value - scale.Low), value + unseen * (scale.High - value));
    }

    static (double[] Sums, int[] Counts) Totals(IReadOnlyList<double> values, IReadOnlyList<string> clusters)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        var sums = new List<double>();
        var counts = new List<int>();
        for (var i = 0; i < values.Count; i++)
        {
            if (!index.TryGetValue(clusters[i], out var cluster))
            {
                index.Add(clusters[i], cluster = sums.Count);
                sums.Add(0);
                counts.Add(0);
            }

            sums[cluster] += values[i];
            counts[cluster]++;
        }

        return ([.. sums], [.. counts]);
    }

    static double[] Resample(double[] sums, int[] counts, int resamples, long seed)
    {
        var random = new Xoshiro256StarStar(unchecked((int)(seed ^ (seed >> 32))), threadSafe: false);
        var means = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            double sum = 0;
            var count = 0;
            for (var draw = 0; draw < sums.Length; draw++)
            {
                var cluster = random.Next(sums.Length);
                sum += sums[cluster];
                count += counts[cluster];
            }

            means[r] = sum / count;
        }

        return means;
    }

    // The jackknife over clusters: a = Σ (m̄ − m_g)³ / (6 (Σ (m̄ − m_g)²)^1.5).
    static double Acceleration(double[] sums, int[] counts)
    {
        var total = sums.Sum();
        var size = counts.Sum();
        var without = sums.Select((sum, g) => (total - sum) / (size - counts[g])).ToArray();
        var mean = without.Average();
        var squares = without.Sum(value => Math.Pow(mean - value, 2));
        return squares <= 0 ? 0 : without.Sum(value => Math.Pow(mean - value, 3)) / (6 * Math.Pow(squares, 1.5));
    }

    static double Critical(double alpha, int clusters)
    {
        if (alpha is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");

        return StudentT.InvCDF(0, 1, clusters - 1, 1 - alpha / 2) * Math.Sqrt(clusters / (clusters - 1.0));
    }

    static Interval BiasCorrected(double[] sorted, double estimate, double acceleration, double z)
    {
        // Means of whole scores tie often: half of the ties count as below, or the correction would lean to one side.
        var below = (sorted.Count(mean => mean < estimate) + 0.5 * sorted.Count(mean => mean.Equals(estimate))) / sorted.Length;
        var bias = Normal.InvCDF(0, 1, Math.Clamp(below, 1.0 / (2 * sorted.Length), 1 - 1.0 / (2 * sorted.Length)));
        return new Interval(Quantile(sorted, Level(-z)), Quantile(sorted, Level(z)));

        double Level(double quantile)
        {
            var shifted = bias + quantile;
            // Very far out the formula would turn back; there the ends of the resamples are meant.
            var scale = 1 - acceleration * shifted;
            return scale > 0 ? Normal.CDF(0, 1, bias + shifted / scale) : quantile > 0 ? 1 : 0;
        }
    }

    // Linear interpolation between order statistics (R's type 7).
    static double Quantile(double[] sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var index = Math.Clamp((int)Math.Floor(position), 0, sorted.Length - 2);
        return sorted[index] + (position - index) * (sorted[index + 1] - sorted[index]);
    }
}
