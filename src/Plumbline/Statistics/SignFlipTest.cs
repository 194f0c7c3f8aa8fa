using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// The exact test for a change in paired outcomes when cases share prompts: under no change, baseline and candidate of a whole prompt could
/// as well have been swapped, so each prompt's net change keeps its size and has either sign. Source: R. A. Fisher, "The Design of
/// Experiments" (1935), section 21. With one case a prompt it is the exact McNemar test.
/// </summary>
public static class SignFlipTest
{
    /// <summary>
    /// Two-sided p-value: the share of the 2^G assignments of signs whose sum is at least as far from 0 as the one observed. It is counted
    /// exactly, by adding up the distributions of the prompts whose changes have the same size. Without a change it is 1.
    /// </summary>
    /// <param name="changes">For each prompt, the cases that only the candidate got wrong minus those that only the baseline did.</param>
    public static double ExactP(IEnumerable<int> changes)
    {
        var all = changes.Where(change => change != 0).ToList();
        var observed = Math.Abs(all.Sum());
        var reach = 0;
        double[] chances = [1];
        foreach (var alike in all.GroupBy(Math.Abs))
        {
            chances = Add(chances, alike.Key, alike.Count());
            reach += alike.Key * alike.Count();
        }

        // chances[i] belongs to the sum i − reach.
        var p = chances.Where((_, i) => Math.Abs(i - reach) >= observed).Sum();
        return Math.Min(1, p);
    }

    static double[] Add(double[] chances, int size, int count)
    {
        var sums = new double[chances.Length + 2 * size * count];
        for (var up = 0; up <= count; up++)
        {
            var chance = Binomial.PMF(0.5, count, up);
            for (var i = 0; i < chances.Length; i++)
                sums[i + 2 * size * up] += chance * chances[i];
        }

        return sums;
    }
}
