using System.Globalization;
using Plumbline.Audits;
using Plumbline.Gates;
using Plumbline.Judges;
using Plumbline.Suites;

namespace Plumbline.Bench.Statistics;

/// <summary>
/// Limits on the candidate's own level (<see cref="LevelGate"/>): how often a candidate passes, and how often it fails, that is at the limit, better or
/// worse. Over all cases of prompts under five attacks, and over a run that is looked at again and again as it goes on, as long as the gate is open.
/// </summary>
internal static class LevelStudy
{
    private const double Bound = 0.05;
    private const int Attacks = 5;

    private static readonly SideScore Good = new(new CriteriaScore(null, CriteriaScore.Maximum, null), null, IsRetried: false);
    private static readonly SideScore Bad = new(new CriteriaScore(null, 0, null), null, IsRetried: false);

    public static void Print(Simulation simulation)
    {
        var (rule, audit) = (new DecisionRule(), Asking(1));
        Console.WriteLine("| the candidate's share, limit 5% | sharing | prompts × 5 | passed | failed | failed, of 4 demands |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- |");
        foreach (var (level, sharing, prompts) in
            from level in new[] { 0.01, Bound, 0.1 }
            from sharing in new[] { 0, 0.2, 0.5, 0.9 }
            from prompts in new[] { 50, 100, 250 }
            select (level, sharing, prompts))
        {
            var shares = simulation.Shares($"level{level}{sharing}{prompts}", random =>
            {
                var cases = Cases(random, level, sharing, prompts);
                var outcome = Outcome(audit, cases, rule, demands: 1, isEarly: false);
                return [outcome == GateOutcome.Passed, outcome == GateOutcome.Failed, Outcome(audit, cases, rule, demands: 4, isEarly: false) == GateOutcome.Failed];
            });
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {level:P0} | {sharing} | {prompts} | {string.Join(" | ", shares)} |"));
        }

        PrintEarly(simulation, rule);
    }

    /// <summary>A list of prompts asked in a random order, looked at every 50 cases: what counts is the first look at which the gate says anything, the worst
    /// moment to stop for whoever is right as often as stated at any.</summary>
    private static void PrintEarly(Simulation simulation, DecisionRule rule)
    {
        const int Every = 50;
        Console.WriteLine();
        Console.WriteLine("| the list's share, limit 5% | passed at the first look that decides | failed at it | cases asked by then |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var (bad, prompts) in new[] { (2, 250), (12, 250), (13, 250), (25, 250), (25, 500), (26, 500) })
        {
            var audit = Asking(prompts);
            bool[] list = [.. Enumerable.Range(0, prompts).Select(i => i < bad)];
            var means = simulation.Means($"early{bad}{prompts}", random =>
            {
                random.Shuffle(list);
                var cases = list.Select((isBad, i) => Case(i, 0, isBad)).ToList();
                for (var asked = Every; asked <= prompts; asked += Every)
                {
                    var outcome = Outcome(audit, cases[..asked], rule, demands: 1, isEarly: true);
                    if (outcome != GateOutcome.Inconclusive) return [outcome == GateOutcome.Passed ? 1 : 0, outcome == GateOutcome.Failed ? 1 : 0, asked];
                }

                return [0, 0, prompts];
            });
            var shares = means.Take(2).Select(mean => simulation.Share((int)Math.Round(mean * simulation.Runs)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {bad} of {prompts}, {(double)bad / prompts:P1} | {string.Join(" | ", shares)} | {means[2]:F0} |"));
        }
    }

    private static GateOutcome Outcome(AuditDocument audit, IReadOnlyList<PairedCase> cases, DecisionRule rule, int demands, bool isEarly) =>
        new LevelGate(audit, cases, rule, demands, isEarly).Line(new GateLimit(GateMetric.OverRefusal, Bound)).Outcome;

    /// <summary>An audit that asks each of so many look-alikes once.</summary>
    private static AuditDocument Asking(int prompts)
    {
        var audit = LargeAudit.Of(20);
        return audit with { Cases = [.. Enumerable.Range(0, prompts).Select(i => audit.Cases[0] with { Kind = PromptKind.Lookalike, PromptId = i.ToString(CultureInfo.InvariantCulture) })] };
    }

    private static List<PairedCase> Cases(Random random, double level, double sharing, int prompts) =>
        [.. new Truth("", level, 0, 0).Prompts(random, prompts, Attacks, sharing).SelectMany((changes, prompt) => changes.Select((change, attack) => Case(prompt, attack, change > 0)))];

    private static PairedCase Case(int prompt, int attack, bool isBad) => new(
        prompt.ToString(CultureInfo.InvariantCulture), "", PromptKind.Lookalike, attack.ToString(CultureInfo.InvariantCulture), 0, isBad ? Transition.Broke : Transition.Held, Good, isBad ? Bad : Good);
}
