using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class PairedIntervalTests
{
    [Fact]
    public void Newcombe_s_interval_agrees_with_R()
    {
        foreach (var row in Reference.Rows("newcombe"))
        {
            var interval = NewcombePairedInterval.Of((int)row[0], (int)row[1], (int)row[2], (int)row[3], 0.05);
            interval.Low.ShouldBe(row[4], 1e-8);
            interval.High.ShouldBe(row[5], 1e-8);
        }
    }

    // Newcombe (1998), method 10 for the cells 36, 12, 2, 0; Fagerland, Lydersen and Laake, "Statistical Analysis of Contingency Tables" (2017), section 8.6.
    [Theory]
    [InlineData(36, 12, 2, 0, 0.0569, 0.3404)]
    [InlineData(59, 6, 16, 80, -0.1186, -0.0046)]
    public void Newcombe_s_interval_agrees_with_published_examples(int both, int candidateOnly, int baselineOnly, int neither, double low, double high)
    {
        var interval = NewcombePairedInterval.Of(both, candidateOnly, baselineOnly, neither, 0.05);
        interval.Low.ShouldBe(low, 5e-5);
        interval.High.ShouldBe(high, 5e-5);
    }

    [Fact]
    public void Newcombe_s_interval_holds_the_estimate_and_is_mirrored_by_swapping()
    {
        foreach (var (a, b, c, d) in Tables(9))
        {
            var there = NewcombePairedInterval.Of(a, b, c, d, 0.05);
            there.Low.ShouldBeInRange(-1, there.Estimate);
            there.High.ShouldBeInRange(there.Estimate, 1);
            NewcombePairedInterval.Of(a, c, b, d, 0.05).Low.ShouldBe(-there.High, 1e-12);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => NewcombePairedInterval.Of(0, 0, 0, 0, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => NewcombePairedInterval.Of(3, -1, 0, 1, 0.05));
    }

    [Fact]
    public void The_risk_ratio_agrees_with_the_score_test_by_brute_force_in_R()
    {
        foreach (var row in Reference.Rows("ratio"))
        {
            var ratio = RiskRatio.OfPairs((int)row[0], (int)row[1], (int)row[2], 0.05)!;
            ratio.Low.ShouldBe(row[3], 2e-6 * Math.Max(1, row[3]));
            ratio.High.ShouldBe(row[4], 2e-6 * Math.Max(1, row[4]));
        }
    }

    [Fact]
    public void The_paired_odds_ratio_agrees_with_R()
    {
        foreach (var row in Reference.Rows("pairedodds"))
        {
            var odds = PairedOddsRatio.Of((int)row[0], (int)row[1], 0.05)!;
            odds.Estimate.ShouldBe(row[0] / row[1]);
            odds.Low.ShouldBe(row[2], 1e-8 * row[2]);
            odds.High.ShouldBe(row[3], 1e-8 * row[3]);
        }
    }

    [Fact]
    public void Extremes_of_the_paired_odds_ratio_are_said()
    {
        PairedOddsRatio.Of(0, 0, 0.05).ShouldBeNull();
        var broke = PairedOddsRatio.Of(7, 0, 0.05)!;
        broke.Low.ShouldBe(7 / 3.841458820694124, 1e-9);
        broke.High.ShouldBe(double.PositiveInfinity);
        var mended = PairedOddsRatio.Of(0, 7, 0.05)!;
        (mended.Estimate, mended.Low).ShouldBe((0, 0));
        mended.High.ShouldBe(1 / broke.Low, 1e-9);
    }

    // A figure that holds 1 beside one that does not hold 0 would leave a reader with two verdicts.
    [Theory]
    [InlineData(1)]
    [InlineData(1.7)]
    public void Ratios_never_disagree_with_the_difference_about_whether_anything_changed(double designEffect)
    {
        foreach (var (a, b, c, d) in Tables(24).Where(cells => cells.A + cells.B > 0 && cells.A + cells.C > 0 && cells.B + cells.C > 0))
        {
            var difference = PairedDifference.Of(b, c, a + b + c + d, 0.05, designEffect);
            var risk = RiskRatio.OfPairs(a, b, c, 0.05, designEffect)!;
            var odds = PairedOddsRatio.Of(b, c, 0.05, designEffect)!;
            (risk.Low > 1, risk.High < 1).ShouldBe((difference.Low > 0, difference.High < 0), $"{a} {b} {c} {d}");
            (odds.Low > 1, odds.High < 1).ShouldBe((difference.Low > 0, difference.High < 0), $"{a} {b} {c} {d}");
        }
    }

    // Where no pair is discordant the difference is uncertain by z² / (n + z²), and so is the ratio.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(398, 1)]
    [InlineData(398, 1.6)]
    public void Nothing_seen_to_change_leaves_the_risk_ratio_as_uncertain_as_the_difference(int n, double designEffect)
    {
        var ratio = RiskRatio.OfPairs(n, 0, 0, 0.05, designEffect)!;
        ratio.Low.ShouldBe(1 + PairedDifference.Of(0, 0, n, 0.05, designEffect).Low, 1e-9);
        ratio.High.ShouldBe(1 / ratio.Low, 1e-9);
    }

    [Fact]
    public void Swapping_the_sides_inverts_the_risk_ratio_and_extremes_are_said()
    {
        foreach (var (a, b, c, _) in Tables(9).Where(cells => cells.A + cells.B + cells.C > 0))
        {
            var there = RiskRatio.OfPairs(a, b, c, 0.05)!;
            var back = RiskRatio.OfPairs(a, c, b, 0.05)!;
            there.Low.ShouldBeLessThanOrEqualTo(there.Estimate);
            there.High.ShouldBeGreaterThanOrEqualTo(there.Estimate);
            if (a + b > 0)
                (there.Low * back.High).ShouldBe(1, 1e-9);
        }

        RiskRatio.OfPairs(0, 0, 0, 0.05).ShouldBeNull();
        RiskRatio.OfPairs(0, 7, 0, 0.05)!.High.ShouldBe(double.PositiveInfinity);
        RiskRatio.OfPairs(0, 7, 0, 0.05)!.Low.ShouldBeGreaterThan(1);
        RiskRatio.OfPairs(0, 0, 7, 0.05)!.Estimate.ShouldBe(0);
    }

    [Theory]
    [InlineData(0.02, 0.24, 0.01)]
    [InlineData(0.10, 0.05, 0.05)]
    public void The_risk_ratio_holds_its_level(double both, double candidateOnly, double baselineOnly)
    {
        var random = new Random(32);
        var truth = (both + candidateOnly) / (both + baselineOnly);
        var held = 0;
        const int runs = 3000;
        for (var run = 0; run < runs; run++)
        {
            var counts = new int[4];
            for (var i = 0; i < 250; i++)
            {
                var u = random.NextDouble();
                counts[u < both ? 0 : u < both + candidateOnly ? 1 : u < both + candidateOnly + baselineOnly ? 2 : 3]++;
            }

            var ratio = RiskRatio.OfPairs(counts[0], counts[1], counts[2], 0.05)!;
            held += ratio.Low <= truth && truth <= ratio.High ? 1 : 0;
        }

        ((double)held / runs).ShouldBeInRange(0.93, 0.985);
    }

    [Fact]
    public void Equivalence_agrees_with_the_score_test_by_brute_force_in_R()
    {
        foreach (var row in Reference.Rows("tost"))
        {
            var test = EquivalenceTest.OfPairedShares((int)row[0], (int)row[1], (int)row[2], row[3], 0.05);
            test.NotLowerP.ShouldBe(row[4], 1e-6);
            test.NotHigherP.ShouldBe(row[5], 1e-6);
            test.P.ShouldBe(Math.Max(test.NotLowerP, test.NotHigherP));
        }
    }

    [Fact]
    public void Equivalence_is_an_interval_inside_the_margin()
    {
        for (var b = 0; b <= 15; b++)
        {
            for (var c = 0; c <= 15; c++)
            {
                var test = EquivalenceTest.OfPairedShares(b, c, 250, 0.03, 0.05, designEffect: 1.3);
                test.IsEquivalent.ShouldBe(test.Difference.Low > -0.03 && test.Difference.High < 0.03, $"{b} {c}");
            }
        }
    }

    [Fact]
    public void Nothing_seen_shows_equivalence_only_in_enough_pairs()
    {
        // z² (1 − m) / m with the one-sided z of 1.645: 87.5 pairs for three points.
        EquivalenceTest.OfPairedShares(0, 0, 87, 0.03, 0.05).IsEquivalent.ShouldBeFalse();
        EquivalenceTest.OfPairedShares(0, 0, 88, 0.03, 0.05).IsEquivalent.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => EquivalenceTest.OfPairedShares(0, 0, 88, 0, 0.05));
        Should.Throw<ArgumentOutOfRangeException>(() => EquivalenceTest.OfPairedShares(0, 0, 88, 0.03, 0.5));
    }

    static IEnumerable<(int A, int B, int C, int D)> Tables(int n) =>
        from a in Enumerable.Range(0, n + 1)
        from b in Enumerable.Range(0, n + 1 - a)
        from c in Enumerable.Range(0, n + 1 - a - b)
        select (a, b, c, n - a - b - c);
}
