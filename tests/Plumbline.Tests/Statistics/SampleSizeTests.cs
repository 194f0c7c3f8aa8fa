using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class SampleSizeTests
{
    // By hand: d = 6/250 = 0.024, ψ = 15/251, distance 0.024: (1.95996 + 0.84162)² (0.05976 − 0.000576) / 0.024² = 806.5.
    [Fact]
    public void It_agrees_with_the_formula_by_hand() => SampleSize.ToDecide(10, 4, 250, 0.03, 0.05, 1).ShouldBe(807);

    [Fact]
    public void Without_discordant_pairs_it_is_what_the_score_interval_needs()
    {
        var needed = SampleSize.ToDecide(0, 0, 1_000_000, 0.03, 0.05, 1)!.Value;
        needed.ShouldBe(125);
        PairedDifference.Of(0, 0, needed, 0.05).High.ShouldBeLessThan(0.03);
        PairedDifference.Of(0, 0, needed - 1, 0.05).High.ShouldBeGreaterThanOrEqualTo(0.03);
    }

    // By hand: d = 5/40, ψ = 6/41: 7.8489 × (0.14634 − 0.015625) / 0.015625 = 65.7. No margin is to be fallen short of.
    [Fact]
    public void Near_a_regression_it_is_what_lifts_the_interval_above_0() => SampleSize.ToDecide(5, 0, 40, 0.03, 0.05, 1).ShouldBe(66);

    [Fact]
    public void Sharing_prompts_needs_more() =>
        SampleSize.ToDecide(10, 4, 250, 0.03, 0.05, 3)!.Value.ShouldBeInRange(3 * 806, 3 * 807);
}
