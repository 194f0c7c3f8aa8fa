using MathNet.Numerics.Distributions;
using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>Intervals for the mean of changes from −1 to 1 over prompts of equally many cases that are not Plumbline's, to compare with.</summary>
internal static class OtherClusterIntervals
{
    private const double Alpha = 0.05;

    /// <summary>BCa over prompts, its percentiles moved out for few of them (Efron 1987; Hesterberg 2015): Plumbline's before two made-up prompts were
    /// drawn with the others.</summary>
    public static IntervalEstimate Bca(double[] values, int prompts, int resamples, Random random)
    {
        var mean = values.Average();
        if (values.All(value => value.Equals(values[0])))
        {
            var unseen = WilsonInterval.Of(0, values.Length, Alpha).High;
            return new IntervalEstimate(mean, mean - unseen * (mean + 1), mean + unseen * (1 - mean));
        }

        var each = values.Chunk(values.Length / prompts).Select(cases => cases.Average()).ToArray();
        var means = new double[resamples];
        for (var r = 0; r < resamples; r++)
        {
            for (var draw = 0; draw < prompts; draw++)
                means[r] += each[random.Next(prompts)] / prompts;
        }

        Array.Sort(means);
        var below = (means.Count(one => one < mean - 1e-12) + 0.5 * means.Count(one => Math.Abs(one - mean) <= 1e-12)) / resamples;
        var bias = Normal.InvCDF(0, 1, Math.Clamp(below, 0.5 / resamples, 1 - 0.5 / resamples));
        var acceleration = each.Sum(one => Math.Pow(one - mean, 3)) / (6 * Math.Pow(each.Sum(one => (one - mean) * (one - mean)), 1.5));
        var z = StudentT.InvCDF(0, 1, prompts - 1, 1 - Alpha / 2) * Math.Sqrt(prompts / (prompts - 1.0));
        return new IntervalEstimate(mean, At(-z), At(z));

        double At(double quantile)
        {
            var scale = 1 - acceleration * (bias + quantile);
            var level = scale > 0 ? Normal.CDF(0, 1, bias + (bias + quantile) / scale) : quantile > 0 ? 1 : 0;
            var position = level * (resamples - 1);
            var index = Math.Clamp((int)position, 0, resamples - 2);
            return means[index] + (position - index) * (means[index + 1] - means[index]);
        }
    }

    /// <summary>The cluster-robust standard error with two made-up prompts, half a point above and below the mean, and the t distribution.</summary>
    public static IntervalEstimate T(double[] values, int prompts)
    {
        var mean = values.Average();
        var each = values.Chunk(values.Length / prompts).Select(cases => cases.Average() - mean);
        var error = Math.Sqrt(prompts / (prompts - 1.0) * (each.Sum(one => one * one) + 2 * 0.25)) / prompts;
        var half = StudentT.InvCDF(0, 1, prompts - 1, 1 - Alpha / 2) * error;
        return new IntervalEstimate(mean, mean - half, mean + half);
    }
}
