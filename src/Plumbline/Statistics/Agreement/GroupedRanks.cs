using MathNet.Numerics.Random;

namespace Plumbline.Statistics.Agreement;

/// <summary>Two raters' ranks of the same items, which come in groups that are not independent of one another: Krippendorff's alpha, ordinal, with a percentile interval that
/// resamples groups.</summary>
static class GroupedRanks
{
    /// <summary>Alpha with its interval; null where the items do not determine it. Resamples that do not are left out.</summary>
    /// <param name="items">For each item its group and both ranks, whole numbers from 0.</param>
    /// <param name="alpha">The error rate of the interval.</param>
    /// <param name="resamples">How many; at least 1.</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    public static IntervalEstimate? Alpha(IEnumerable<(string Group, int One, int Other)> items, double alpha, int resamples, int seed)
    {
        var all = items.ToList();
        if (all.Count == 0)
            return null;

        var ranks = 1 + all.Max(item => Math.Max(item.One, item.Other));
        var groups = all.GroupBy(item => item.Group, StringComparer.Ordinal).Select(group => Table(group.Select(item => (item.One * ranks) + item.Other), ranks)).ToArray();
        if (Of(Table(all.Select(item => (item.One * ranks) + item.Other), ranks), ranks) is not { } estimate)
            return null;

        var random = new Xoshiro256StarStar(seed, threadSafe: false);
        var drawn = Enumerable.Range(0, resamples).Select(_ => Of(Resample(groups, random), ranks)).OfType<double>().Order().ToArray();
        return drawn.Length == 0
            ? new IntervalEstimate(estimate, estimate, estimate)
            : new IntervalEstimate(estimate, Math.Min(estimate, Quantile.Of(drawn, alpha / 2)), Math.Max(estimate, Quantile.Of(drawn, 1 - (alpha / 2))));
    }

    static int[] Resample(int[][] groups, Random random)
    {
        var sum = new int[groups[0].Length];
        for (var draw = 0; draw < groups.Length; draw++)
        {
            var group = groups[random.Next(groups.Length)];
            for (var cell = 0; cell < sum.Length; cell++)
                sum[cell] += group[cell];
        }

        return sum;
    }

    static int[] Table(IEnumerable<int> cells, int ranks)
    {
        var table = new int[ranks * ranks];
        foreach (var cell in cells)
            table[cell]++;
        return table;
    }

    static double? Of(int[] table, int ranks) =>
        KrippendorffAlpha.Ordinal(table.Index().Where(cell => cell.Item > 0).Select(cell => (((double)(cell.Index / ranks), (double)(cell.Index % ranks)), cell.Item)));
}
