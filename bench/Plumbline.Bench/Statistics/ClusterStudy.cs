using System.Globalization;
using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>
/// Prompts of five cases that change seldom and together: how often the interval of the mean change holds the truth, beside intervals that were not
/// taken; and how often a candidate is called held that is worse by the margin, with the caution of <see cref="DesignEffect.OfChanges"/> and without.
/// </summary>
internal static class ClusterStudy
{
    private const int Cases = 5;
    private const int Resamples = 400;

    public static void PrintIntervals(Simulation simulation)
    {
        Console.WriteLine("| changes | sharing | prompts × 5 | the bootstrap with made-up prompts | width | BCa without them | width | t with them | width |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        var rows =
            from changes in new[] { (Way: "breaks only", Breaks: 1.0), (Way: "both ways alike", Breaks: 0.5) }
            from rate in new[] { 0.02, 0.05, 0.2 }
            from sharing in new[] { 0, 0.5, 0.9 }
            from prompts in new[] { 20, 50, 100, 250 }
            select (changes.Way, rate, sharing, prompts, new Truth(changes.Way, rate * changes.Breaks, rate * (1 - changes.Breaks), 0));
        foreach (var (way, rate, sharing, prompts, truth) in rows)
        {
            var names = Names(prompts, Cases);
            var means = simulation.Means($"clusters{way}{rate}{sharing}{prompts}", random =>
            {
                var values = Values(truth.Prompts(random, prompts, Cases, sharing));
                IntervalEstimate[] intervals =
                [
                    ClusterBootstrap.Mean(values, names, new Interval(-1, 1), 0.05, Resamples, random.NextInt64()),
                    OtherClusterIntervals.Bca(values, prompts, Resamples, random),
                    OtherClusterIntervals.T(values, prompts),
                ];
                return [.. intervals.SelectMany(interval => new[] { interval.Low <= truth.Difference + 1e-9 && truth.Difference - 1e-9 <= interval.High ? 1.0 : 0, interval.High - interval.Low })];
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {rate * 100:F0}%, {way} | {sharing} | {prompts} | {string.Join(" | ", means.Select(mean => (mean * 100).ToString("F1", CultureInfo.InvariantCulture)))} |"));
        }
    }

    public static void PrintHeld(Simulation simulation)
    {
        Console.WriteLine("| truth | sharing | prompts × 5 | called held | with no caution for few changes |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        var rule = new DecisionRule();
        var seldom = new Truth("three points worse (the margin), breaks only", 0.03, 0, 0);
        var rows =
            from truth in new[] { seldom, Truth.AtTheMargin, Truth.Unchanged, Truth.Same }
            from sharing in truth == Truth.Same ? [0.0] : new[] { 0, 0.2, 0.5, 0.9 }
            from prompts in new[] { 50, 100, 250 }
            select (truth, sharing, prompts);
        foreach (var (truth, sharing, prompts) in rows)
        {
            var names = Names(prompts, Cases);
            string[] attacks = [.. names.Select((_, place) => (place % Cases).ToString(CultureInfo.InvariantCulture))];
            var held = simulation.Shares($"held{truth.Name}{sharing}{prompts}", random =>
            {
                var values = Values(truth.Prompts(random, prompts, Cases, sharing));
                return [IsHeld(DesignEffect.OfChanges(values, names, attacks)), IsHeld(DesignEffect.Of(values, names))];

                bool IsHeld(double effect) =>
                    PairedDifference.Of(values.Count(value => value > 0), values.Count(value => value < 0), values.Length, rule.Alpha, effect).High < rule.Margin;
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {truth.Name} | {sharing} | {prompts} | {string.Join(" | ", held)} |"));
        }
    }

    private static double[] Values(int[][] prompts) => [.. prompts.SelectMany(cases => cases).Select(change => (double)change)];

    private static string[] Names(int prompts, int each) =>
        [.. Enumerable.Range(0, prompts * each).Select(place => (place / each).ToString(CultureInfo.InvariantCulture))];
}
