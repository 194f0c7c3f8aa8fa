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

    [Fact]
    public void Sharing_prompts_needs_more() =>
        SampleSize.ToDecide(10, 4, 250, 0.03, 0.05, 3)!.Value.ShouldBeInRange(3 * 806, 3 * 807);
}
