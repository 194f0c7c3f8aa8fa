namespace Plumbline.Statistics.Agreement;

/// <summary>Two raters' ranks of the same items, which come in groups that are not independent of one another: Krippendorff's alpha, ordinal, with a percentile interval that
/// resamples groups.</summary>
static class GroupedRanks
{
    /// <summary>
    /// Alpha with its interval; null where the items do not determine it. Resamples that do not are left out. Where they are all alike, because the raters never
    /// disagreed or there is one group only, they would claim certainty from any number of items; instead the interval reaches to what alpha were if the raters
    /// disagreed by one rank on as many more items of each rank, or agreed on as many more, as Wilson's interval for 0 of the groups allows.
    /// </summary>
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

        var draws = new ClusterDraws(groups.Length, seed);
        var drawn = Enumerable.Range(0, resamples).Select(_ => Of(Resample(groups, draws), ranks)).OfType<double>().Order().ToArray();
        if (drawn.Length == 0 || drawn[0].Equals(drawn[^1]))
        {
            var unseen = WilsonInterval.Of(0, groups.Length, alpha).High;
            var total = Table(all.Select(item => (item.One * ranks) + item.Other), ranks);
            drawn = [.. new[] { Disagreeing(total, ranks, unseen), Agreeing(total, ranks, unseen) }.Select(table => Of(table, ranks)).OfType<double>().Append(estimate).Order()];
            return new IntervalEstimate(estimate, drawn[0], drawn[^1]);
        }

        return new IntervalEstimate(estimate, Math.Min(estimate, Quantile.Of(drawn, alpha / 2)), Math.Max(estimate, Quantile.Of(drawn, 1 - (alpha / 2))));
    }

    // The share of the items on which both gave a rank, with the one rater's a rank further among those that occur.
    static int[] Disagreeing(int[] table, int ranks, double share)
    {
        int[] used = [.. Enumerable.Range(0, ranks).Where(rank => Enumerable.Range(0, ranks).Any(other => table[(rank * ranks) + other] + table[(other * ranks) + rank] > 0))];
        var moved = (int[])table.Clone();
        foreach (var (place, rank) in used.Index())
        {
            var next = used[place + 1 < used.Length ? place + 1 : place - 1];
            var items = (int)Math.Ceiling(share * table[(rank * ranks) + rank]);
            moved[(rank * ranks) + rank] -= items;
            moved[(next * ranks) + rank] += items;
        }

        return moved;
    }

    // The share of the items on which they differed, with the other rater's rank for both.
    static int[] Agreeing(int[] table, int ranks, double share)
    {
        var moved = (int[])table.Clone();
        foreach (var (one, other) in Enumerable.Range(0, ranks).SelectMany(one => Enumerable.Range(0, ranks).Where(other => other != one).Select(other => (one, other))))
        {
            var items = (int)Math.Ceiling(share * table[(one * ranks) + other]);
            moved[(one * ranks) + other] -= items;
            moved[(other * ranks) + other] += items;
        }

        return moved;
    }

    static int[] Resample(int[][] groups, ClusterDraws draws)
    {
        var sum = new int[groups[0].Length];
        foreach (var place in draws.Next())
        {
            for (var cell = 0; cell < sum.Length; cell++)
                sum[cell] += groups[place][cell];
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
