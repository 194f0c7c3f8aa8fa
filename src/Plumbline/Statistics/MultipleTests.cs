namespace Plumbline.Statistics;

/// <summary>
/// Corrections for looking at many tests at once. An adjusted p-value is the least error rate at which the correction would reject that test.
/// </summary>
public static class MultipleTests
{
    /// <summary>
    /// Holm's adjusted p-values, in the order given: sorted ascending, <c>p̃_(i) = max_{j≤i} min(1, (m − j + 1) p_(j))</c>. Rejecting where
    /// p̃ ≤ α keeps the chance of any false rejection at α, however the tests depend on one another. Source: S. Holm, Scandinavian Journal of
    /// Statistics 6 (1979).
    /// </summary>
    /// <param name="p">P-values from 0 to 1; may be empty.</param>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        Check(p);
        var order = Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToArray();
        var adjusted = new double[p.Count];
        double largest = 0;
        for (var rank = 0; rank < order.Length; rank++)
        {
            largest = Math.Max(largest, Math.Min(1, (p.Count - rank) * p[order[rank]]));
            adjusted[order[rank]] = largest;
        }

        return adjusted;
    }

    /// <summary>
    /// Benjamini and Hochberg's adjusted p-values, in the order given: sorted ascending, <c>p̃_(i) = min_{j≥i} min(1, m p_(j) / j)</c>.
    /// Rejecting where p̃ ≤ α keeps the expected share of false ones among the rejected at α, for tests that are independent or
    /// positively dependent. Source: Y. Benjamini and Y. Hochberg, JRSS B 57 (1995).
    /// </summary>
    /// <param name="p">P-values from 0 to 1; may be empty.</param>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p)
    {
        Check(p);
        var order = Enumerable.Range(0, p.Count).OrderBy(i => p[i]).ToArray();
        var adjusted = new double[p.Count];
        double least = 1;
        for (var rank = order.Length - 1; rank >= 0; rank--)
        {
            least = Math.Min(least, p.Count * p[order[rank]] / (rank + 1));
            adjusted[order[rank]] = least;
        }

        return adjusted;
    }

    /// <summary>
    /// The e-BH procedure: with e-values sorted descending, those up to the last k with <c>e_(k) ≥ m / (α k)</c> are rejected. The expected share
    /// of false ones among them is at most α whatever the dependence, and e-values of processes may be taken at any stopping time. Source:
    /// R. Wang and A. Ramdas, "False discovery rate control with e-values", JRSS B 84 (2022).
    /// </summary>
    /// <param name="e">E-values, 0 or more; may be empty.</param>
    /// <param name="alpha">The false discovery rate allowed.</param>
    /// <returns>Whether each is rejected, in the order given.</returns>
    public static bool[] EBenjaminiHochberg(IReadOnlyList<double> e, double alpha)
    {
        if (alpha is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");
        if (e.Any(value => double.IsNaN(value) || value < 0))
            throw new ArgumentException("An e-value is 0 or more.", nameof(e));

        var order = Enumerable.Range(0, e.Count).OrderByDescending(i => e[i]).ToArray();
        var last = 0;
        for (var k = 1; k <= order.Length; k++)
        {
            if (e[order[k - 1]] >= e.Count / (alpha * k))
                last = k;
        }

        var rejected = new bool[e.Count];
        foreach (var i in order.Take(last))
            rejected[i] = true;

        return rejected;
    }

    static void Check(IReadOnlyList<double> p)
    {
        if (p.Any(value => !(value is >= 0 and <= 1)))
            throw new ArgumentException("A p-value lies from 0 to 1.", nameof(p));
    }
}
