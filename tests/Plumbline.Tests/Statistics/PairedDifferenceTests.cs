using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class PairedDifferenceTests
{
    [Fact]
    public void It_agrees_with_the_score_test_inverted_by_brute_force_in_R()
    {
        foreach (var row in Reference.Rows("tango"))
        {
            var difference = PairedDifference.Of((int)row[0], (int)row[1], (int)row[2], 0.05);
            difference.Low.ShouldBe(row[3], 2e-6);
            difference.High.ShouldBe(row[4], 2e-6);
        }
    }

    [Fact]
    public void Without_discordant_pairs_it_is_z_squared_over_n_plus_z_squared()
    {
        var z2 = 1.959963984540054 * 1.959963984540054;
        foreach (var n in new[] { 1, 10, 250 })
        {
            var difference = PairedDifference.Of(0, 0, n, 0.05);
            difference.High.ShouldBe(z2 / (n + z2), 1e-9);
            difference.Low.ShouldBe(-difference.High, 1e-9);
        }
    }

    [Fact]
    public void It_holds_the_estimate_is_mirrored_by_swapping_and_stays_in_range()
    {
        for (var b = 0; b <= 12; b++)
        {
            for (var c = 0; b + c <= 12; c++)
            {
                var there = PairedDifference.Of(b, c, 12, 0.05);
                var back = PairedDifference.Of(c, b, 12, 0.05);
                there.Low.ShouldBeInRange(-1, there.Estimate);
                there.High.ShouldBeInRange(there.Estimate, 1);
                back.Low.ShouldBe(-there.High, 1e-9);
            }
        }
    }

    [Fact]
    public void A_design_effect_of_four_halves_what_is_known()
    {
        var all = PairedDifference.Of(100, 60, 1000, 0.05, designEffect: 4);
        var quarter = PairedDifference.Of(25, 15, 250, 0.05);
        all.Low.ShouldBe(quarter.Low, 1e-12);
        all.High.ShouldBe(quarter.High, 1e-12);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Should.Throw<ArgumentException>(() => PairedDifference.Of(3, 3, 5, 0.05));
        Should.Throw<ArgumentException>(() => PairedDifference.Of(0, 0, 0, 0.05));
        Should.Throw<ArgumentException>(() => PairedDifference.Of(0, 0, 5, 0.05, designEffect: 0.5));
    }
}
