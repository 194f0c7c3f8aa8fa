namespace Plumbline.Statistics;

/// <summary>
/// How much less the cases say because several share a prompt. Source: L. Kish, "Survey Sampling" (1965), section 5.4; the cluster
/// variance is the usual one for a ratio of totals (Cochran, "Sampling Techniques", section 9A).
/// </summary>
public static class DesignEffect
{
    /// <summary>
    /// The variance of the mean with clusters over the variance without, at least 1:
    /// <c>[G/(G−1) · Σ_g (Σ_{i∈g} (d_i − d̄))²] / [n/(n−1) · Σ_i (d_i − d̄)²]</c>.
    /// It is 1 where every cluster holds one case, where nothing varies, and where there is a single cluster (nothing can be learnt then).
    /// </summary>
    /// <param name="values">One value a case, such as the difference of the two outcomes: −1, 0 or 1.</param>
    /// <param name="clusters">The cluster of each value, such as the prompt's id; the same length.</param>
    public static double Of(IReadOnlyList<double> values, IReadOnlyList<string> clusters)
    {
        if (clusters.Count != values.Count)
            throw new ArgumentException("Every value needs a cluster.", nameof(clusters));
        if (values.Count < 2)
            return 1;

        var mean = values.Average();
        var simple = values.Sum(value => (value - mean) * (value - mean)) * values.Count / (values.Count - 1);
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
            sums[clusters[i]] = sums.GetValueOrDefault(clusters[i]) + values[i] - mean;
        if (sums.Count < 2 || simple <= 0)
            return 1;

        var clustered = sums.Values.Sum(sum => sum * sum) * sums.Count / (sums.Count - 1);
        return Math.Max(1, clustered / simple);
    }
}
