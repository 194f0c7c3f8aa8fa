using Plumbline.Statistics.Sequential;
using Shouldly;

namespace Plumbline.Tests.Statistics.Sequential;

public sealed class MeanEvidenceTests
{
    [Fact]
    public void It_is_a_fair_game_at_the_bound()
    {
        // Values −1, 0, 1 with chances whose mean is the bound: every path of five values, weighed by its chance.
        (double Value, double Chance)[] values = [(-1, 0.05), (0, 0.93), (1, 0.02)];
        MeanOverPaths(values, -0.03, 5, []).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Unchanged_pairs_rule_out_a_rise_by_three_points_in_about_as_many_as_the_score_interval_needs()
    {
        // Against "the candidate is worse by 0.03 or more": values are −change.
        var evidence = new MeanEvidence(-1, 1, -0.03);
        while (evidence.Log < Math.Log(40))
            evidence.Take(0);

        // The score interval takes 125 for the same 2.5%; being allowed to look at any time costs a third more.
        evidence.Count.ShouldBeInRange(126, 180);
    }

    [Fact]
    public void A_worse_candidate_is_called_alike_no_more_often_than_stated()
    {
        var random = new Random(41);
        var wrong = 0;
        const int runs = 2000;
        for (var run = 0; run < runs; run++)
        {
            var evidence = new MeanEvidence(-1, 1, -0.03);
            var reached = false;
            for (var i = 0; i < 600 && !reached; i++)
            {
                var u = random.NextDouble();
                evidence.Take(u < 0.035 ? -1 : u < 0.04 ? 1 : 0);
                reached = evidence.Log >= Math.Log(20);
            }

            wrong += reached ? 1 : 0;
        }

        ((double)wrong / runs).ShouldBeLessThan(0.05);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentException>(() => new MeanEvidence(0, 1, 1));
        Should.Throw<ArgumentException>(() => new MeanEvidence(0, 1, double.NaN));
        Should.Throw<ArgumentOutOfRangeException>(() => new MeanEvidence(0, 1, 0.5).Take(1.1));
        Should.Throw<ArgumentOutOfRangeException>(() => new MeanEvidence(0, 1, 0.5).Take(double.NaN));
        new MeanEvidence(0, 1, 0.5).Log.ShouldBe(0, 1e-12);
    }

    static double MeanOverPaths((double Value, double Chance)[] values, double bound, int left, double[] path)
    {
        if (left > 0)
            return values.Sum(value => value.Chance * MeanOverPaths(values, bound, left - 1, [.. path, value.Value]));

        var evidence = new MeanEvidence(-1, 1, bound);
        foreach (var value in path)
            evidence.Take(value);
        return Math.Exp(evidence.Log);
    }
}
