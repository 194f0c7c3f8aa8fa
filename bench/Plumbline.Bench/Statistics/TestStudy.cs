using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>How often tests reject at 5%, where there is nothing and where there is something.</summary>
internal static class TestStudy
{
    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| truth, 250 cases | McNemar exact | McNemar mid-p | signed ranks of 0 to 4 scores (Wilcoxon) |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var truth in new[] { Truth.Unchanged, Truth.Restless, Truth.FivePoints, Truth.TenPoints, Truth.Article })
        {
            var rejected = simulation.Shares("tests" + truth.Name, random =>
            {
                var changes = Enumerable.Range(0, 250).Select(_ => truth.Draw(random).Change).ToArray();
                // A change of outcome moves the score by 2 to 4; a fifth of the other cases move by one, either way.
                var scores = changes.Select(change => change != 0 ? change * (2.0 + random.Next(3)) : random.NextDouble() < 0.2 ? random.Next(2) * 2 - 1 : 0).ToArray();
                var (b, c) = (changes.Count(change => change > 0), changes.Count(change => change < 0));
                return
                [
                    McNemarTest.ExactP(b, c) <= 0.05,
                    McNemarTest.MidP(b, c) <= 0.05,
                    SignedRankTest.Of(scores).P <= 0.05,
                ];
            });
            Console.WriteLine($"| {truth.Name} | {string.Join(" | ", rejected)} |");
        }

        Console.WriteLine();
        Console.WriteLine("| truth, 50 prompts × 5 cases, sharing 0.5 | McNemar exact, cases | sign-flip, prompts |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var truth in new[] { Truth.Restless, Truth.TenPoints, Truth.Article })
        {
            var rejected = simulation.Shares("shared" + truth.Name, random =>
            {
                var prompts = truth.Prompts(random, 50, 5, 0.5);
                var all = prompts.SelectMany(cases => cases).ToList();
                return [McNemarTest.ExactP(all.Count(change => change > 0), all.Count(change => change < 0)) <= 0.05, SignFlipTest.ExactP(prompts.Select(cases => cases.Sum())) <= 0.05];
            });
            Console.WriteLine($"| {truth.Name} | {string.Join(" | ", rejected)} |");
        }

        Console.WriteLine();
        Console.WriteLine("| truth, margin three points | cases | TOST calls them equivalent |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (truth, cases) in new[] { (Truth.AtTheMargin, 250), (Truth.AtTheMargin, 1000), (Truth.Unchanged, 250), (Truth.Unchanged, 1000), (Truth.Same, 250) })
        {
            var alike = simulation.Share($"tost{truth.Name}{cases}", random =>
            {
                var table = truth.Table(random, cases);
                return EquivalenceTest.OfPairedShares(table.CandidateOnly, table.BaselineOnly, cases, 0.03, 0.05).IsEquivalent;
            });
            Console.WriteLine($"| {truth.Name} | {cases} | {alike} |");
        }
    }
}
