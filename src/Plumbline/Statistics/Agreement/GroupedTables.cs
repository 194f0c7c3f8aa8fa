namespace Plumbline.Statistics.Agreement;

/// <summary>
/// Items in groups that are not independent of one another (answers to the same prompt): figures over all of them, with percentile intervals
/// from resampling whole groups (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, sections 3.8 and 5.3). Seeded.
/// </summary>
public sealed class GroupedTables
{
    readonly ConfusionTable[] groups;
    readonly ConfusionTable[] resampled;
    readonly double alpha;

    /// <summary>Gathers items and resamples them once, for all figures.</summary>
    /// <param name="items">Each item's group and table.</param>
    /// <param name="alpha">Two-sided error rate of intervals.</param>
    /// <param name="resamples">How many resamples; at least 100.</param>
    /// <param name="seed">The generator's seed.</param>
    public GroupedTables(IEnumerable<(string Group, ConfusionTable Table)> items, double alpha, int resamples, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        this.alpha = alpha;
        groups = [.. items.GroupBy(item => item.Group, StringComparer.Ordinal).Select(group => Sum(group.Select(item => item.Table)))];
        Total = Sum(groups);
        resampled = groups.Length == 0 ? [] : Resample(resamples, seed);
    }

    /// <summary>All items.</summary>
    public ConfusionTable Total { get; }

    /// <summary>
    /// A figure with its interval; null where the items do not determine it. Resamples that do not are left out. Where they are all alike, because
    /// nobody ever disagreed or there is one group only, they would claim certainty from any number of items; instead the interval reaches to
    /// what the figure were if the judge erred on as many more items of each label, or as many fewer, as Wilson's interval for 0 of the groups
    /// with that label allows.
    /// </summary>
    public IntervalEstimate? Estimate(Func<ConfusionTable, double?> figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure(Total) is not { } estimate)
            return null;

        var values = resampled.Select(figure).OfType<double>().Order().ToArray();
        if (values.Length == 0 || values[0].Equals(values[^1]))
            values = [.. Unseen().Select(figure).OfType<double>().Append(estimate).Order()];
        else
            values = [Quantile.Of(values, alpha / 2), Quantile.Of(values, 1 - alpha / 2)];

        return new IntervalEstimate(estimate, Math.Min(estimate, values[0]), Math.Max(estimate, values[^1]));
    }

    static ConfusionTable Sum(IEnumerable<ConfusionTable> tables) => tables.Aggregate(new ConfusionTable(0, 0, 0, 0), (sum, table) => sum + table);

    IEnumerable<ConfusionTable> Unseen()
    {
        var ofYes = UnseenShare(groups.Count(group => group.TruePositives + group.FalseNegatives > 0));
        var ofNo = UnseenShare(groups.Count(group => group.TrueNegatives + group.FalsePositives > 0));
        var (overlooked, invented) = ((int)Math.Ceiling(ofYes * Total.TruePositives), (int)Math.Ceiling(ofNo * Total.TrueNegatives));
        yield return Total + new ConfusionTable(-overlooked, invented, overlooked, -invented);
        var (found, spared) = ((int)Math.Ceiling(ofYes * Total.FalseNegatives), (int)Math.Ceiling(ofNo * Total.FalsePositives));
        yield return Total + new ConfusionTable(found, -spared, -found, spared);
    }

    double UnseenShare(int of) => of == 0 ? 0 : WilsonInterval.Of(0, of, alpha).High;

    ConfusionTable[] Resample(int resamples, int seed)
    {
        var draws = new ClusterDraws(groups.Length, seed);
        var drawn = new ConfusionTable[resamples];
        for (var r = 0; r < resamples; r++)
        {
            int bothYes = 0, judgeOnly = 0, peopleOnly = 0, bothNo = 0;
            foreach (var place in draws.Next())
            {
                var group = groups[place];
                bothYes += group.TruePositives;
                judgeOnly += group.FalsePositives;
                peopleOnly += group.FalseNegatives;
                bothNo += group.TrueNegatives;
            }

            drawn[r] = new ConfusionTable(bothYes, judgeOnly, peopleOnly, bothNo);
        }

        return drawn;
    }
}
