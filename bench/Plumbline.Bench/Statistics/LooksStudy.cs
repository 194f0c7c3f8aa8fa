using System.Globalization;
using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Bench.Statistics;

/// <summary>
/// An audit that is asked again with more cases while it says "not enough evidence", its earlier answers taken over: how often one look or another concludes
/// what is not so. Every look is decided by the rule of a single one.
/// </summary>
internal static class LooksStudy
{
    private static readonly DecisionRule Rule = new();

    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| truth | looks at, cases | wrong verdict | at the first look | at one look or another | stated of all looks | looks made, mean |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- |");
        var rows =
            from truth in new[] { Truth.Unchanged, Truth.Restless, Truth.AtTheMargin }
            from looks in new[] { Every(100, 2), Every(250, 2), Every(250, 3), Every(250, 5), Advised(250, 2), Advised(250, 3) }
            select (truth, looks);
        foreach (var (truth, looks) in rows)
        {
            // An unchanged candidate is no regression, and one that is worse by the margin has not held.
            var mistakenForWorse = truth.Difference < Rule.Margin;
            var means = simulation.Means($"looks{truth.Name}{looks.Name}", random => Audit(random, truth, looks, mistakenForWorse));
            var shares = means.Take(2).Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {truth.Name} | {looks.Name} | {(mistakenForWorse ? "regressed" : "held or improved")} | {string.Join(" | ", shares)} | {Rule.Alpha / 2 * looks.Most * 100:0.#}% | {means[2]:F2} |"));
        }
    }

    /// <summary>Wrong at the first look, wrong at the last; looks made.</summary>
    private static double[] Audit(Random random, Truth truth, Looks looks, bool mistakenForWorse)
    {
        var (cases, broke, mended) = (0, 0, 0);
        VerdictOutcome? first = null;
        for (var look = 1; ; look++)
        {
            for (var until = looks.Next(cases, broke, mended); cases < until; cases++)
            {
                var change = truth.Draw(random).Change;
                (broke, mended) = (broke + (change > 0 ? 1 : 0), mended + (change < 0 ? 1 : 0));
            }

            // With one case a prompt the exact test over prompts is the exact McNemar test.
            var outcome = VerdictRule.ByFigures(PairedDifference.Of(broke, mended, cases, Rule.Alpha), McNemarTest.ExactP(broke, mended), Rule);
            first ??= outcome;
            if (outcome != VerdictOutcome.NotEnoughEvidence || look == looks.Most)
                return [Is(first.Value, mistakenForWorse), Is(outcome, mistakenForWorse), look];
        }
    }

    private static double Is(VerdictOutcome outcome, bool isWorse) =>
        outcome == VerdictOutcome.NotEnoughEvidence || (outcome == VerdictOutcome.Regressed) != isWorse ? 0 : 1;

    private static Looks Every(int cases, int most) =>
        new(string.Join(", ", Enumerable.Range(1, most).Select(look => (look * cases).ToString(CultureInfo.InvariantCulture))), most, (asked, _, _) => asked + cases);

    // As many as the normal approximation says would decide, with which the verdict's own count begins; where it says no number, as many again.
    private static Looks Advised(int cases, int most) => new(
        string.Create(CultureInfo.InvariantCulture, $"{cases}, then as many as advised, {most} in all"),
        most,
        (asked, broke, mended) => asked == 0 ? cases
            : SampleSize.ToDecide(broke, mended, asked, Rule.Margin, Rule.Alpha, designEffect: 1) is { } needed ? Math.Max(needed, asked + (asked + 9) / 10)
            : 2 * asked);

    /// <summary>When an audit is looked at.</summary>
    /// <param name="Name">In a word.</param>
    /// <param name="Most">How many looks at most.</param>
    /// <param name="Next">The cases of the next look, by how many were asked, broke and mended.</param>
    private sealed record Looks(string Name, int Most, Func<int, int, int, int> Next);
}
