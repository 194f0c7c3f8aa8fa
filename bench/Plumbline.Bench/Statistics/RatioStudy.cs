using System.Globalization;
using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>Intervals that take two shares as independent: the odds ratio of paired answers, and the difference between items that are different ones.</summary>
internal static class RatioStudy
{
    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| odds ratio (Haldane–Anscombe, Woolf) | cases | holds it | too low | too high |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var truth in new[] { Truth.Article, Truth.TenPoints, Truth.Unchanged, Truth.Restless })
        {
            foreach (var cases in new[] { 50, 250 })
                OfOdds(truth, cases.ToString(CultureInfo.InvariantCulture), random => truth.Table(random, cases), cases);
            OfOdds(truth, "50 × 5, sharing 0.5", random => Shared(truth, random), 250);
        }

        Console.WriteLine();
        Console.WriteLine("| difference of independent shares (Newcombe) | items | holds it |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (one, other, n, m) in new[] { (0.02, 0.02, 500, 20), (0.05, 0.05, 100, 100), (0.1, 0.3, 250, 25), (0.1, 0.3, 250, 250), (0.5, 0.5, 30, 30), (0.02, 0.5, 480, 10) })
        {
            var share = simulation.Share($"independent{one}{other}{n}{m}", random =>
            {
                var difference = IndependentDifference.Of(WilsonInterval.Of(Count(random, one, n), n, 0.05), WilsonInterval.Of(Count(random, other, m), m, 0.05));
                return difference.Low <= one - other + 1e-9 && one - other - 1e-9 <= difference.High;
            });
            Console.WriteLine($"| {one * 100:0}% and {other * 100:0}% | {n} and {m} | {share} |");
        }

        void OfOdds(Truth truth, string cases, Func<Random, (int Both, int CandidateOnly, int BaselineOnly, int Neither)> draw, int n)
        {
            var (before, after) = (truth.Mended + truth.Stayed, truth.Broke + truth.Stayed);
            var odds = after / (1 - after) / (before / (1 - before));
            var shares = simulation.Shares($"odds{truth.Name}{cases}", random =>
            {
                var table = draw(random);
                var ratio = OddsRatio.Of(table.Both + table.CandidateOnly, table.Both + table.BaselineOnly, n, 0.05);
                return [ratio.Low <= odds + 1e-9 && odds - 1e-9 <= ratio.High, ratio.High < odds - 1e-9, ratio.Low > odds + 1e-9];
            });
            Console.WriteLine($"| {truth.Name} | {cases} | {string.Join(" | ", shares)} |");
        }
    }

    private static int Count(Random random, double share, int n) => Enumerable.Range(0, n).Count(_ => random.NextDouble() < share);

    // Fifty prompts of five cases, of which half do all the same.
    private static (int Both, int CandidateOnly, int BaselineOnly, int Neither) Shared(Truth truth, Random random)
    {
        var counts = (Both: 0, CandidateOnly: 0, BaselineOnly: 0, Neither: 0);
        for (var prompt = 0; prompt < 50; prompt++)
        {
            var (isAlike, common) = (random.NextDouble() < 0.5, truth.Draw(random));
            for (var one = 0; one < 5; one++)
            {
                var (change, wasBad) = isAlike ? common : truth.Draw(random);
                if (change > 0) counts.CandidateOnly++;
                else if (change < 0) counts.BaselineOnly++;
                else if (wasBad) counts.Both++;
                else counts.Neither++;
            }
        }

        return counts;
    }
}
