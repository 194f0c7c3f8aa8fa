using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class ClusterTests
{
    static readonly double[] Values = [.. Reference.Rows("case").Select(row => row[1])];
    static readonly Interval Scale = new(0, 4);
    static readonly string[] Clusters = [.. Reference.Rows("case").Select(row => row[0].ToString())];

    [Fact]
    public void The_design_effect_agrees_with_R_s_survey_package() =>
        DesignEffect.Of(Values, Clusters).ShouldBe(Reference.Rows("designeffect").Single()[0], 1e-9);

    [Fact]
    public void The_bootstrap_agrees_with_R_s_boot_package()
    {
        var row = Reference.Rows("bootstrap").Single();

        var mean = ClusterBootstrap.Mean(Values, Clusters, Scale, 0.05, resamples: 50_000, seed: 3);

        mean.Estimate.ShouldBe(row[0], 1e-9);
        mean.Low.ShouldBe(row[1], 0.03);
        mean.High.ShouldBe(row[2], 0.03);
    }

    [Fact]
    public void The_same_seed_gives_the_same_interval_and_another_a_slightly_different_one()
    {
        var first = ClusterBootstrap.Mean(Values, Clusters, Scale, 0.05, 1000, seed: 7);
        ClusterBootstrap.Mean(Values, Clusters, Scale, 0.05, 1000, seed: 7).ShouldBe(first);
        ClusterBootstrap.Mean(Values, Clusters, Scale, 0.05, 1000, seed: 8).ShouldNotBe(first);
    }

    [Fact]
    public void Nothing_to_learn_from_is_said_and_not_hidden_in_a_narrow_interval()
    {
        // No bootstrap can see what three equal values leave open: Wilson's interval for 0 of 3 ends at 0.5615.
        ClusterBootstrap.Mean([1, 1, 1], ["a", "b", "c"], Scale, 0.05, 100, 1).Low.ShouldBeLessThanOrEqualTo(1 - 0.5615);
        ClusterBootstrap.Mean([1, 1, 1], ["a", "b", "c"], Scale, 0.05, 100, 1).High.ShouldBe(1 + 3 * 0.56150, 1e-4);
        ClusterBootstrap.Mean([0], ["a"], Scale, 0.05, 100, 1).High.ShouldBeGreaterThan(3);
        // However many cases, one prompt is one.
        ClusterBootstrap.Mean([0, 0, 0, 0], ["a", "a", "a", "a"], Scale, 0.05, 100, 1).High.ShouldBeGreaterThan(3);
        ClusterBootstrap.Mean([0, 4], ["a", "a"], Scale, 0.05, 100, 1).ShouldBe(new IntervalEstimate(2, 0, 4));
        DesignEffect.Of([1, 1, 1], ["a", "a", "b"]).ShouldBe(1);
        // One cluster shows nothing of how clusters differ, whether or not its cases do.
        DesignEffect.Of([1, 0], ["a", "a"]).ShouldBe(2);
        DesignEffect.Of([1, 1, 1], ["a", "a", "a"]).ShouldBe(3);
    }

    [Fact]
    public void The_interval_holds_the_mean_and_stays_on_the_scale()
    {
        var random = new Random(17);
        for (var run = 0; run < 200; run++)
        {
            var values = Enumerable.Range(0, 3 + random.Next(20)).Select(_ => random.NextDouble() < 0.8 ? 4.0 : random.Next(5)).ToArray();
            var mean = ClusterBootstrap.Mean(values, [.. values.Select((_, i) => (i / (1 + run % 4)).ToString())], Scale, 0.05, 200, run);

            mean.Low.ShouldBeInRange(0, mean.Estimate);
            mean.High.ShouldBeInRange(mean.Estimate, 4 + 1e-9);
            mean.Low.ShouldBeLessThan(mean.High);
        }
    }

    [Fact]
    public void The_design_effect_of_changes_agrees_with_R()
    {
        foreach (var row in Reference.Rows("changes"))
        {
            var (cases, repeats, changes) = ((int)row[1], (int)row[2], row[3..]);
            DesignEffect.OfChanges(changes, [.. changes.Select((_, i) => (i / cases).ToString())], [.. changes.Select((_, i) => (i % cases / repeats).ToString())])
                .ShouldBe(row[0], 1e-9);
        }
    }

    [Fact]
    public void Where_nothing_changed_repeats_count_as_one_case_and_attacks_nearly_as_several()
    {
        string[] prompts = ["a", "a", "a", "b", "b", "b"];
        DesignEffect.OfChanges(new double[6], prompts, ["x", "x", "x", "x", "x", "x"]).ShouldBe(3, 1e-12);
        DesignEffect.OfChanges(new double[6], prompts, ["x", "y", "z", "x", "y", "z"]).ShouldBe(1.2, 1e-12);
        DesignEffect.OfChanges(new double[6], ["a", "b", "c", "d", "e", "f"], ["x", "x", "x", "x", "x", "x"]).ShouldBe(1, 1e-12);
        // One prompt, whatever its cases did, is one.
        DesignEffect.OfChanges([1, 0, -1, 0], ["a", "a", "a", "a"], ["x", "x", "x", "x"]).ShouldBe(4, 1e-12);
        DesignEffect.OfChanges([], [], []).ShouldBe(1);
        Should.Throw<ArgumentException>(() => DesignEffect.OfChanges([1], ["a"], []));
    }

    [Fact]
    public void Cases_that_are_copies_of_one_another_count_once()
    {
        double[] values = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        string[] prompts = ["a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "c", "c"];
        DesignEffect.Of(values, prompts).ShouldBe(4 * (11.0 / 12) / (2.0 / 3), 1e-9);
        DesignEffect.Of(values, [.. Enumerable.Range(0, 12).Select(i => i.ToString())]).ShouldBe(1, 1e-9);
    }
}
