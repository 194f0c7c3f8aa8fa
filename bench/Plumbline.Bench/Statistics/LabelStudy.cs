using System.Globalization;
using Plumbline.Statistics;
using Plumbline.Statistics.Labels;

namespace Plumbline.Bench.Statistics;

/// <summary>A judge that overlooks harm, and a few human labels: the paired difference, by the judge, by the labels, and by both.</summary>
internal static class LabelStudy
{
    public static void Print(Simulation simulation)
    {
        PrintCases(simulation);
        Console.WriteLine();
        PrintPrompts(simulation);
    }

    // Whole prompts are labelled, as few as a gate goes by; what the judge overlooks it overlooks of a whole prompt.
    private static void PrintPrompts(Simulation simulation)
    {
        Console.WriteLine("| truth | sharing | labels, of 1,000 cases | labels alone | both | width, both over labels alone |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (truth, sharing, prompts, each) in new[]
        {
            (Truth.Article, 0.9, 10, 4), (Truth.Article, 0.9, 25, 4), (Truth.Article, 0.5, 10, 4), (Truth.Restless, 0.9, 10, 4), (Truth.TenPoints, 0.9, 25, 4),
        })
        {
            var all = 1000 / each;
            var labels = prompts * each;
            string[] clusters = [.. Enumerable.Range(0, all * each).Select(place => (place / each).ToString(CultureInfo.InvariantCulture))];
            var means = simulation.Means($"prompts{truth.Name}{sharing}{labels}", random =>
            {
                var changes = truth.Prompts(random, all, each, sharing);
                var human = changes.SelectMany(prompt => prompt).Select(change => (double)change).ToArray();
                var judge = changes.SelectMany(prompt => random.NextDouble() < 0.8 ? prompt : new int[each]).Select(change => (double)change).ToArray();
                var both = PredictionPoweredMean.Of(human[..labels], judge[..labels], judge[labels..], 0.05, clusters: clusters);
                return [Holds(both.HumanOnly), Holds(both.Mean), both.Mean.High - both.Mean.Low, both.HumanOnly.High - both.HumanOnly.Low];

                double Holds(IntervalEstimate interval) => interval.Low <= truth.Difference && truth.Difference <= interval.High ? 1 : 0;
            });
            var shares = means.Take(2).Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {truth.Name} | {sharing} | {labels}: {prompts} prompts × {each} | {string.Join(" | ", shares)} | {means[2] / means[3]:F2} |"));
        }
    }

    private static void PrintCases(Simulation simulation)
    {
        Console.WriteLine("| truth | judge sees | labels of 1,000 | judge alone holds it | labels alone | both | width, both over labels alone |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (truth, sees, labels) in new[]
        {
            (Truth.Article, 0.9, 50), (Truth.Article, 0.9, 200), (Truth.Article, 0.6, 100), (Truth.TenPoints, 0.8, 30), (Truth.TenPoints, 0.8, 100), (Truth.Unchanged, 0.8, 100), (Truth.Restless, 0.5, 100),
        })
        {
            var means = simulation.Means($"labels{truth.Name}{sees}{labels}", random =>
            {
                var human = Enumerable.Range(0, 1000).Select(_ => (double)truth.Draw(random).Change).ToArray();
                // It overlooks a change with this chance, and sees one in fifty where there is none.
                var judge = human.Select(change => change != 0 ? random.NextDouble() < sees ? change : 0 : random.NextDouble() < 0.02 ? random.Next(2) * 2 - 1 : 0).ToArray();
                var both = PredictionPoweredMean.Of(human[..labels], judge[..labels], judge[labels..], 0.05);
                var alone = PairedDifference.Of(judge.Count(change => change > 0), judge.Count(change => change < 0), judge.Length, 0.05);
                return [Holds(alone), Holds(both.HumanOnly), Holds(both.Mean), both.Mean.High - both.Mean.Low, both.HumanOnly.High - both.HumanOnly.Low];

                double Holds(IntervalEstimate interval) => interval.Low <= truth.Difference && truth.Difference <= interval.High ? 1 : 0;
            });
            var shares = means.Take(3).Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs)));
            Console.WriteLine($"| {truth.Name} | {sees:P0} | {labels} | {string.Join(" | ", shares)} | {means[3] / means[4]:F2} |");
        }
    }
}
