using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;

namespace Plumbline.Bench.Statistics;

/// <summary>How often 95% intervals hold the truth.</summary>
internal static class CoverageStudy
{
    private static readonly Truth[] Truths = [Truth.Article, Truth.TenPoints, Truth.Unchanged, Truth.Restless];

    // Of fifty prompts under five attacks.
    private static readonly string[] Attacks = [.. Enumerable.Range(0, 250).Select(place => (place % 5).ToString())];

    public static void Print(Simulation simulation)
    {
        Console.WriteLine("| interval | truth | cases | holds it |");
        Console.WriteLine("| --- | --- | --- | --- |");
        foreach (var truth in Truths)
        {
            Row("Tango, paired difference", truth.Name, "250", random =>
            {
                var table = truth.Table(random, 250);
                return Holds(PairedDifference.Of(table.CandidateOnly, table.BaselineOnly, 250, 0.05), truth.Difference);
            });
            Row("Newcombe, paired difference", truth.Name, "250", random =>
            {
                var table = truth.Table(random, 250);
                return Holds(NewcombePairedInterval.Of(table.Both, table.CandidateOnly, table.BaselineOnly, table.Neither, 0.05), truth.Difference);
            });
            Row("Tang, risk ratio", truth.Name, "250", random =>
            {
                var table = truth.Table(random, 250);
                return RiskRatio.OfPairs(table.Both, table.CandidateOnly, table.BaselineOnly, 0.05) is not { } ratio
                    || Holds(ratio, (truth.Stayed + truth.Broke) / (truth.Stayed + truth.Mended));
            });
            Row("Wilson, candidate's share", truth.Name, "250", random =>
            {
                var table = truth.Table(random, 250);
                var share = WilsonInterval.Of(table.Both + table.CandidateOnly, 250, 0.05);
                var rate = truth.Stayed + truth.Broke;
                return share.Low <= rate && rate <= share.High;
            });
        }

        foreach (var (truth, sharing) in new[] { (Truth.Article, 0.5), (Truth.TenPoints, 0.5), (Truth.TenPoints, 0.2), (Truth.Restless, 0.5) })
        {
            Row($"Tango with the design effect, sharing {sharing}", truth.Name, "50 × 5", random =>
            {
                var (values, prompts) = Flat(truth.Prompts(random, 50, 5, sharing));
                var effect = DesignEffect.OfChanges(values, prompts, Attacks);
                return Holds(PairedDifference.Of(values.Count(value => value > 0), values.Count(value => value < 0), 250, 0.05, effect), truth.Difference);
            });
            Row($"Tang, risk ratio, with the design effect, sharing {sharing}", truth.Name, "50 × 5", random =>
            {
                var (table, values, prompts) = Shared(truth, random, sharing);
                var effect = DesignEffect.OfChanges(values, prompts, Attacks);
                return RiskRatio.OfPairs(table.Both, table.CandidateOnly, table.BaselineOnly, 0.05, effect) is not { } ratio
                    || Holds(ratio, (truth.Stayed + truth.Broke) / (truth.Stayed + truth.Mended));
            });
            Row($"bootstrap of the mean change, by prompt, sharing {sharing}", truth.Name, "50 × 5", random =>
            {
                var (values, prompts) = Flat(truth.Prompts(random, 50, 5, sharing));
                return Holds(ClusterBootstrap.Mean(values, prompts, new Interval(-1, 1), 0.05, 1000, random.NextInt64()), truth.Difference);
            });
        }

        foreach (var truth in new[] { Truth.Article, Truth.Unchanged })
        {
            Row("betting sequence, at all cases together", truth.Name, "250", random =>
            {
                var sequence = new BettingSequence(-1, 1, 0.05);
                for (var i = 0; i < 250; i++)
                    sequence.Take(truth.Draw(random).Change);
                return Holds(new IntervalEstimate(0, sequence.Current.Low, sequence.Current.High), truth.Difference);
            });
            Row("the same of a list of 250, without replacement", truth.Name, "200 of 250", random =>
            {
                var list = Enumerable.Range(0, 250).Select(_ => truth.Draw(random).Change).ToArray();
                random.Shuffle(list);
                var sequence = new BettingSequence(-1, 1, 0.05, 250);
                foreach (var change in list[..200])
                    sequence.Take(change);
                return Holds(new IntervalEstimate(0, sequence.Current.Low, sequence.Current.High), list.Average());
            });
        }

        void Row(string interval, string truth, string cases, Func<Random, bool> holds) =>
            Console.WriteLine($"| {interval} | {truth} | {cases} | {simulation.Share($"{interval}{truth}", holds)} |");
    }

    // Fifty prompts of five cases; with the chance of the sharing all of a prompt do the same.
    private static ((int Both, int CandidateOnly, int BaselineOnly) Table, double[] Changes, string[] Prompts) Shared(Truth truth, Random random, double sharing)
    {
        var cases = Enumerable.Range(0, 50).SelectMany(prompt =>
        {
            var (isAlike, common) = (random.NextDouble() < sharing, truth.Draw(random));
            return Enumerable.Range(0, 5).Select(_ => (Prompt: prompt.ToString(), Case: isAlike ? common : truth.Draw(random))).ToArray();
        }).ToList();
        var table = (cases.Count(one => one.Case is { Change: 0, WasBad: true }), cases.Count(one => one.Case.Change > 0), cases.Count(one => one.Case.Change < 0));
        return (table, [.. cases.Select(one => (double)one.Case.Change)], [.. cases.Select(one => one.Prompt)]);
    }

    private static (double[] Values, string[] Prompts) Flat(int[][] prompts) =>
        ([.. prompts.SelectMany(cases => cases).Select(change => (double)change)], [.. prompts.SelectMany((cases, prompt) => cases.Select(_ => prompt.ToString()))]);

    // Sums of tenths are not exact to the last bit.
    private static bool Holds(IntervalEstimate interval, double truth) => interval.Low <= truth + 1e-9 && truth - 1e-9 <= interval.High;
}
