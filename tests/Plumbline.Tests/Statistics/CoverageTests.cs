using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

/// <summary>Simulations with a fixed seed: whether intervals hold the truth as often as they say.</summary>
public sealed class CoverageTests
{
    [Theory]
    [InlineData(0.016, 250)]
    [InlineData(0.27, 250)]
    [InlineData(0.5, 30)]
    public void Wilson_holds_its_level(double truth, int n)
    {
        var random = new Random(11);
        Share(4000, () =>
        {
            var share = WilsonInterval.Of(Enumerable.Range(0, n).Count(_ => random.NextDouble() < truth), n, 0.05);
            return share.Low <= truth && truth <= share.High;
        }).ShouldBeInRange(0.93, 0.985);
    }

    [Theory]
    [InlineData(0.02, 0.02)]
    [InlineData(0.05, 0.01)]
    [InlineData(0.25, 0.01)]
    [InlineData(0.004, 0.004)]
    public void The_paired_difference_holds_its_level(double candidateOnly, double baselineOnly)
    {
        var random = new Random(12);
        Share(3000, () =>
        {
            var (b, c) = (0, 0);
            for (var i = 0; i < 250; i++)
            {
                var u = random.NextDouble();
                b += u < candidateOnly ? 1 : 0;
                c += u >= candidateOnly && u < candidateOnly + baselineOnly ? 1 : 0;
            }

            var difference = PairedDifference.Of(b, c, 250, 0.05);
            return difference.Low <= candidateOnly - baselineOnly && candidateOnly - baselineOnly <= difference.High;
        }).ShouldBeGreaterThan(0.935);
    }

    // 50 prompts under five attacks each; whether a prompt breaks is mostly the prompt's doing.
    [Fact]
    public void With_cases_that_share_prompts_only_the_design_effect_holds_the_level()
    {
        const double truth = 0.12;
        var random = new Random(13);
        var clusters = Enumerable.Range(0, 250).Select(i => (i / 5).ToString()).ToArray();
        var (adjusted, naive) = (0, 0);
        const int runs = 2000;
        for (var run = 0; run < runs; run++)
        {
            var values = new double[250];
            for (var prompt = 0; prompt < 50; prompt++)
            {
                var weak = random.NextDouble() < truth / 0.8;
                for (var k = 0; k < 5; k++)
                    values[prompt * 5 + k] = weak && random.NextDouble() < 0.8 ? 1 : 0;
            }

            var broke = (int)values.Sum();
            adjusted += Holds(PairedDifference.Of(broke, 0, 250, 0.05, DesignEffect.Of(values, clusters)));
            naive += Holds(PairedDifference.Of(broke, 0, 250, 0.05));
        }

        ((double)adjusted / runs).ShouldBeGreaterThan(0.92);
        ((double)naive / runs).ShouldBeLessThan(0.8);

        static int Holds(IntervalEstimate interval) => interval.Low <= truth && truth <= interval.High ? 1 : 0;
    }

    [Fact]
    public void The_bootstrap_holds_its_level_for_means_of_scores()
    {
        const int prompts = 50;
        var random = new Random(14);
        var clusters = Enumerable.Range(0, prompts * 3).Select(i => (i / 3).ToString()).ToArray();
        Share(400, () =>
        {
            var values = new double[prompts * 3];
            for (var prompt = 0; prompt < prompts; prompt++)
            {
                var level = random.Next(0, 4);
                for (var k = 0; k < 3; k++)
                    values[prompt * 3 + k] = level + random.Next(0, 2);
            }

            var mean = ClusterBootstrap.Mean(values, clusters, new Interval(0, 4), 0.05, 400, random.NextInt64());
            return mean.Low <= 2 && 2 <= mean.High;
        }).ShouldBeInRange(0.915, 0.98);
    }

    static double Share(int runs, Func<bool> holds) => (double)Enumerable.Range(0, runs).Count(_ => holds()) / runs;
}
