using System.Globalization;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;
using Plumbline.Suites;

namespace Plumbline.Bench.Statistics;

/// <summary>What stopping early costs and saves: the whole rule, as an audit uses it, and its evidence alone at one-sided 5%.</summary>
internal static class SequentialStudy
{
    private static readonly DecisionRule Stated = new();
    private static readonly SequentialRule Rule = new(Stated, [PromptKind.Harmful]);

    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| evidence alone | needed | cases planned | ever reached | cases taken, mean | share of the plan |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (truth, cases, needed) in new[]
        {
            (Truth.Unchanged, 250, 20), (Truth.Restless, 250, 20), (Truth.Restless, 2000, 20), (Truth.TenPoints, 250, 20),
            (Truth.Article, 250, 20), (Truth.Article, 250, 40), (Truth.Article, 250, 80),
        })
        {
            Alone(simulation, truth.Name, truth, cases, needed, (b, c) => McNemarEvidence.LogOf(b, c));
        }

        // Nobody can need fewer on average than one who knows how many of the changes are breaks.
        var breaks = Truth.Article.Broke / (Truth.Article.Broke + Truth.Article.Mended);
        Alone(simulation, $"{Truth.Article.Name}, known before", Truth.Article, 250, 80, (b, c) => b * Math.Log(2 * breaks) + c * Math.Log(2 * (1 - breaks)));

        Console.WriteLine();
        Console.WriteLine("| the audit, stopping early or deciding at the end | prompts × cases, sharing | regressed early | regressed in all | held early | held in all | cases taken, mean | share of the plan | regressed by the fixed rule |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (truth, prompts, each, sharing) in new[]
        {
            (Truth.Article, 250, 1, 0.0), (Truth.Article, 50, 5, 0.2), (Truth.Article, 50, 5, 0.5), (Truth.Article, 50, 5, 0.9), (Truth.TenPoints, 250, 1, 0.0),
            (Truth.TenPoints, 50, 5, 0.5), (Truth.FivePoints, 250, 1, 0.0), (Truth.AtTheMargin, 250, 1, 0.0), (Truth.Unchanged, 250, 1, 0.0), (Truth.Restless, 250, 1, 0.0),
            (Truth.Restless, 50, 5, 0.0), (Truth.Restless, 50, 5, 0.5), (Truth.Restless, 50, 5, 0.9), (Truth.Same, 250, 1, 0.0), (Truth.Unchanged, 1000, 1, 0.0),
        })
        {
            var means = simulation.Means($"audit{truth.Name}{prompts}{each}{sharing}", random => Audit(random, truth, prompts, each, sharing));
            var shares = means.Take(4).Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs)));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {truth.Name} | {prompts} × {each}, {sharing} | {string.Join(" | ", shares)} | {means[4]:F1} | {means[4] / (prompts * each) * 100:F1}% | {simulation.Share((int)Math.Round(means[5] * simulation.Runs))} |"));
        }
    }

    private static void Alone(Simulation simulation, string name, Truth truth, int cases, int needed, Func<int, int, double> log)
    {
        var means = simulation.Means($"evidence{name}{cases}{needed}", random =>
        {
            var (b, c) = (0, 0);
            for (var taken = 1; taken <= cases; taken++)
            {
                var change = truth.Draw(random).Change;
                (b, c) = (b + (change > 0 ? 1 : 0), c + (change < 0 ? 1 : 0));
                if (change != 0 && log(b, c) >= Math.Log(needed))
                    return [1, taken];
            }

            return [0, cases];
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {needed} to 1 | {cases} | {simulation.Share((int)Math.Round(means[0] * simulation.Runs))} | {means[1]:F1} | {means[1] / cases * 100:F1}% |"));
    }

    /// <summary>Regressed early, regressed in all, held early, held in all, cases taken; and regressed by the rule that always asks all.</summary>
    private static double[] Audit(Random random, Truth truth, int prompts, int each, double sharing)
    {
        var changes = truth.Prompts(random, prompts, each, sharing);
        var order = Enumerable.Range(0, prompts * each).ToArray();
        random.Shuffle(order);
        var decision = new SequentialDecision(Rule);
        foreach (var (_, place) in RandomOrder.Rounds(order, place => place / each).OrderBy(one => one.Round))
        {
            if (decision.Take(Case(place / each, place % each, changes[place / each][place % each])) is not null)
                break;
        }

        var always = AtTheEnd(changes, Stated);
        var early = decision.Concluded?.Outcome;
        var all = early ?? AtTheEnd(changes, Rule.AtTheEnd);
        return
        [
            early == VerdictOutcome.Regressed ? 1 : 0,
            all == VerdictOutcome.Regressed ? 1 : 0,
            early == VerdictOutcome.Held ? 1 : 0,
            all is VerdictOutcome.Held or VerdictOutcome.Improved ? 1 : 0,
            decision.Taken,
            always == VerdictOutcome.Regressed ? 1 : 0,
        ];
    }

    private static VerdictOutcome AtTheEnd(int[][] changes, DecisionRule rule)
    {
        var values = changes.SelectMany(cases => cases).Select(change => (double)change).ToArray();
        var prompts = changes.SelectMany((cases, prompt) => cases.Select(_ => prompt.ToString(CultureInfo.InvariantCulture))).ToArray();
        var attacks = changes.SelectMany(cases => cases.Select((_, attack) => attack.ToString(CultureInfo.InvariantCulture))).ToArray();
        return VerdictRule.ByFigures(
            PairedDifference.Of(values.Count(value => value > 0), values.Count(value => value < 0), values.Length, rule.Alpha, DesignEffect.OfChanges(values, prompts, attacks)),
            SignFlipTest.ExactP(changes.Select(cases => cases.Sum())),
            rule);
    }

    private static PairedCase Case(int prompt, int repeat, int change)
    {
        var score = new SideScore(new CriteriaScore(4, 0, 0), null);
        return new PairedCase(prompt.ToString(CultureInfo.InvariantCulture), "", PromptKind.Harmful, "none", repeat, change switch { 1 => Transition.Broke, -1 => Transition.Mended, _ => Transition.Held }, score, score);
    }
}
