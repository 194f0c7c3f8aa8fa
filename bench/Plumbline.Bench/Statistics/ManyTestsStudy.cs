using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;

namespace Plumbline.Bench.Statistics;

/// <summary>Ten categories of 25 cases, some of them worse: what is called worse wrongly, and what is found.</summary>
internal static class ManyTestsStudy
{
    private const int Categories = 10;
    private const int Cases = 25;

    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| correction | worse categories | any called worse wrongly | share wrong among those called | of the worse ones found |");
        Console.WriteLine("| --- | --- | --- | --- | --- |");
        foreach (var worse in new[] { 0, 3, 10 })
        {
            var means = simulation.Means($"many{worse}", random =>
            {
                var counts = Enumerable.Range(0, Categories).Select(category => (category < worse ? Truth.Article : Truth.Restless).Table(random, Cases)).ToArray();
                var p = counts.Select(table => McNemarTest.MidP(table.CandidateOnly, table.BaselineOnly)).ToArray();
                var e = counts.Select(table => Math.Exp(McNemarEvidence.LogOf(table.CandidateOnly, table.BaselineOnly))).ToArray();
                return
                [
                    .. Score([.. p.Select(value => value <= 0.05)], worse),
                    .. Score([.. MultipleTests.Holm(p).Select(value => value <= 0.05)], worse),
                    .. Score([.. MultipleTests.BenjaminiHochberg(p).Select(value => value <= 0.05)], worse),
                    .. Score(MultipleTests.EBenjaminiHochberg(e, 0.05), worse),
                ];
            });
            string[] names = ["none (mid-p)", "Holm", "Benjamini–Hochberg", "e-BH, may be looked at at any time"];
            for (var i = 0; i < names.Length; i++)
                Console.WriteLine($"| {names[i]} | {worse} of {Categories} | {(worse == Categories ? "–" : simulation.Share((int)Math.Round(means[3 * i] * simulation.Runs)))} | {means[3 * i + 1]:P1} | {(worse == 0 ? "–" : means[3 * i + 2].ToString("P1"))} |");
        }
    }

    private static double[] Score(bool[] called, int worse)
    {
        var wrong = called.Skip(worse).Count(one => one);
        return [wrong > 0 ? 1 : 0, (double)wrong / Math.Max(1, called.Count(one => one)), worse == 0 ? 0 : (double)called.Take(worse).Count(one => one) / worse];
    }
}
