using System.Globalization;
using Plumbline.Statistics;
using Plumbline.Statistics.Agreement;

namespace Plumbline.Bench.Statistics;

/// <summary>A judge beside people's labels, by items that come in groups: how often the 95% interval of each figure of agreement holds what it is over all items there could be.</summary>
internal static class AgreementStudy
{
    private const int Resamples = 500;

    private static readonly (string Name, Func<ConfusionTable, double?> Of)[] Figures =
    [
        ("accuracy", table => table.Accuracy), ("balanced accuracy", table => table.BalancedAccuracy), ("F1", table => table.F1), ("kappa", table => table.Kappa), ("alpha", table => table.Alpha),
    ];

    // The share of yes among people's labels, the judge's sensitivity and specificity, groups, items of a group, and how often a whole group is judged alike.
    private static readonly (double Yes, double Sensitivity, double Specificity, int Groups, int Items, double Sharing)[] Judges =
    [
        (0.5, 0.98, 0.98, 30, 1, 0), (0.5, 0.98, 0.98, 100, 1, 0), (0.5, 0.98, 0.98, 450, 3, 0.5), (0.5, 0.9, 0.9, 30, 1, 0), (0.5, 0.9, 0.9, 100, 1, 0), (0.5, 0.9, 0.9, 30, 5, 0.5), (0.5, 0.9, 0.9, 100, 5, 0.5),
        (0.1, 0.8, 0.97, 100, 1, 0), (0.1, 0.8, 0.97, 300, 1, 0), (0.1, 0.8, 0.97, 100, 5, 0.5), (0.5, 0.5, 0.5, 100, 1, 0),
    ];

    public static void Print(Simulation simulation)
    {
        Console.WriteLine($"| judge: sensitivity, specificity; share of yes | groups × items, sharing | {string.Join(" | ", Figures.Select(figure => figure.Name))} |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (yes, sensitivity, specificity, groups, items, sharing) in Judges)
        {
            // A table of so many items that rounding is nothing.
            const int Many = 1_000_000;
            var found = (int)(Many * yes * sensitivity);
            var spared = (int)(Many * (1 - yes) * specificity);
            var truth = new ConfusionTable(found, (int)(Many * (1 - yes)) - spared, (int)(Many * yes) - found, spared);
            var means = simulation.Means($"agreement{yes}{sensitivity}{specificity}{groups}{items}{sharing}", random =>
            {
                var tables = new GroupedTables(Grouped(groups, items, sharing, random, Draw), 0.05, Resamples, random.Next());
                var intervals = Figures.Select(figure => (Interval: tables.Estimate(figure.Of), Truth: figure.Of(truth)!.Value)).ToList();
                // Where the items determine no figure, nothing is printed that could be wrong.
                return [.. intervals.Select(one => one.Interval is null || Holds(one.Interval, one.Truth) ? 1.0 : 0)];

                ConfusionTable Draw() => random.NextDouble() < yes ? ConfusionTable.Of(random.NextDouble() < sensitivity, people: true) : ConfusionTable.Of(random.NextDouble() >= specificity, people: false);
            });
            Console.WriteLine($"| {Percent(sensitivity)}, {Percent(specificity)}; {Percent(yes)} | {groups} × {items}, {sharing} | {string.Join(" | ", means.Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs))))} |");
        }

        Console.WriteLine();
        Console.WriteLine("| ordinal alpha over three ranks: the judge says people's rank | groups × items, sharing | holds it |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (right, groups, items, sharing) in new[] { (0.95, 100, 1, 0.0), (0.95, 450, 3, 0.5), (0.8, 30, 1, 0), (0.8, 100, 1, 0), (0.8, 100, 5, 0.5) })
        {
            var truth = KrippendorffAlpha.Ordinal(from one in Enumerable.Range(0, 3) from other in Enumerable.Range(0, 3) select (((double)one, (double)other), (int)Math.Round(3_000_000 * Ranks[one] * Says(one, other, right))))!.Value;
            Console.WriteLine($"| {Percent(right)} | {groups} × {items}, {sharing} | {simulation.Share($"ordinal{right}{groups}{items}{sharing}", random =>
                GroupedRanks.Alpha(Grouped(groups, items, sharing, random, Draw).Select(item => (item.Group, item.Item.People, item.Item.Judge)), 0.05, Resamples, random.Next()) is not { } interval || Holds(interval, truth))} |");

            (int People, int Judge) Draw(Random random)
            {
                var people = Rank(random.NextDouble(), Ranks);
                return (people, Rank(random.NextDouble(), [Says(people, 0, right), Says(people, 1, right), Says(people, 2, right)]));
            }
        }
    }

    // Few partial refusals, as XSTest has them.
    private static readonly double[] Ranks = [0.5, 0.07, 0.43];

    // What it does not say right it takes for a neighbour: a partial refusal for either alike.
    private static double Says(int people, int judge, double right) => people == judge ? right : people == 1 ? (1 - right) / 2 : judge == 1 ? 1 - right : 0;

    private static int Rank(double u, double[] chances) => u < chances[0] ? 0 : u < chances[0] + chances[1] ? 1 : 2;

    private static IEnumerable<(string Group, T Item)> Grouped<T>(int groups, int items, double sharing, Random random, Func<Random, T> draw)
    {
        for (var group = 0; group < groups; group++)
        {
            var (isAlike, common, name) = (random.NextDouble() < sharing, draw(random), group.ToString());
            for (var item = 0; item < items; item++)
                yield return (name, isAlike ? common : draw(random));
        }
    }

    private static IEnumerable<(string Group, T Item)> Grouped<T>(int groups, int items, double sharing, Random random, Func<T> draw) => Grouped(groups, items, sharing, random, _ => draw());

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}%");

    private static bool Holds(IntervalEstimate interval, double truth) => interval.Low <= truth + 1e-6 && truth - 1e-6 <= interval.High;
}
