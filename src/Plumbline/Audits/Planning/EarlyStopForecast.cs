using System.Globalization;
using Plumbline.Suites;

namespace Plumbline.Audits.Planning;

/// <summary>How many cases an audit that may stop early asks on average: simulated, since the order of the cases matters.</summary>
/// <param name="Change">What was assumed of the candidate.</param>
/// <param name="MeanCases">Cases asked, on average.</param>
/// <param name="Share">The same as a share of the planned cases.</param>
/// <param name="Regressed">How often it stops with "regressed".</param>
/// <param name="Held">How often it stops with "held".</param>
/// <param name="Runs">How many audits were simulated.</param>
public sealed record EarlyStopForecast(AssumedChange Change, double MeanCases, double Share, double Regressed, double Held, int Runs)
{
    const int MostRuns = 400;
    const int LeastRuns = 40;
    const int CasesSimulated = 1_000_000;

    /// <summary>
    /// Simulates audits of one kind of prompt, understanding kept and every case scored. With the chance of the design's sharing all cases of a
    /// prompt do the same. Seeded: the same arguments give the same forecast. Its error is about a twentieth of what cases vary by.
    /// </summary>
    /// <param name="design">How many cases are planned.</param>
    /// <param name="change">What the candidate is assumed to do.</param>
    /// <param name="stated">The decision rule as stated, with the α of the whole audit.</param>
    /// <param name="seed">The generator's seed.</param>
    /// <exception cref="ArgumentException">The design or the change cannot be.</exception>
    public static EarlyStopForecast Of(PlannedDesign design, AssumedChange change, DecisionRule stated, int seed = 1)
    {
        design.Check(nameof(design));
        change.Check(nameof(change));
        var needed = Math.Log(new SequentialRule(stated, [PromptKind.Harmful]).Needed);
        var cases = (int)Math.Min(int.MaxValue / 2, Math.Round(design.Cases));
        var runs = Math.Clamp(CasesSimulated / cases, LeastRuns, MostRuns);
        var random = new Random(seed);
        var (taken, regressed, held) = (0L, 0, 0);
        for (var run = 0; run < runs; run++)
        {
            var (asked, outcome) = Simulate(design, change, stated.Margin, needed, cases, random);
            taken += asked;
            regressed += outcome == VerdictOutcome.Regressed ? 1 : 0;
            held += outcome == VerdictOutcome.Held ? 1 : 0;
        }

        var mean = (double)taken / runs;
        return new EarlyStopForecast(change, mean, mean / cases, (double)regressed / runs, (double)held / runs, runs);
    }

    static (int Asked, VerdictOutcome? Outcome) Simulate(PlannedDesign design, AssumedChange change, double margin, double needed, int cases, Random random)
    {
        var shuffled = Enumerable.Range(0, cases).Select(place => (int)((long)place * design.Prompts / cases)).ToArray();
        random.Shuffle(shuffled);
        var prompts = RandomOrder.Rounds(shuffled, prompt => prompt).OrderBy(one => one.Round).Select(one => one.Case).ToList();
        var alike = new Dictionary<int, int?>();
        var evidence = new KindEvidence(margin);
        for (var place = 0; place < cases; place++)
        {
            if (!alike.TryGetValue(prompts[place], out var common))
                alike[prompts[place]] = common = random.NextDouble() < design.Sharing ? Draw(change, random) : null;

            evidence.Take(prompts[place].ToString(CultureInfo.InvariantCulture), common ?? Draw(change, random));
            if (evidence.LogWorse >= needed)
                return (place + 1, VerdictOutcome.Regressed);
            if (evidence.LogNotWorse >= needed)
                return (place + 1, VerdictOutcome.Held);
        }

        return (cases, null);
    }

    static int Draw(AssumedChange change, Random random)
    {
        var u = random.NextDouble();
        return u < change.Broke ? 1 : u < change.Broke + change.Mended ? -1 : 0;
    }
}
