using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class OddsRatioTests
{
    [Fact]
    public void It_agrees_with_a_logistic_regression_in_R()
    {
        foreach (var row in Reference.Rows("odds"))
        {
            var ratio = OddsRatio.Of((int)row[0], (int)row[1], (int)row[2], 0.05);
            ratio.Estimate.ShouldBe(row[3], row[3] * 1e-6);
            ratio.Low.ShouldBe(row[4], row[4] * 1e-6);
            ratio.High.ShouldBe(row[5], row[5] * 1e-6);
        }
    }

    // The seed article's table: 1.6% against 26.8% of 250 is an odds ratio of 20 with an interval of 7.6 to 53.
    [Fact]
    public void It_gives_the_interval_of_the_article_s_numbers()
    {
        var ratio = OddsRatio.Of(67, 4, 250, 0.05);
        Math.Round(ratio.Estimate).ShouldBe(20);
        Math.Round(ratio.Low, 1).ShouldBe(7.6);
        Math.Round(ratio.High).ShouldBe(53);
    }

    [Fact]
    public void Swapping_the_sides_inverts_it_and_extremes_stay_finite()
    {
        var there = OddsRatio.Of(30, 7, 100, 0.05);
        var back = OddsRatio.Of(7, 30, 100, 0.05);
        back.Estimate.ShouldBe(1 / there.Estimate, 1e-12);
        back.Low.ShouldBe(1 / there.High, 1e-12);
        double.IsFinite(OddsRatio.Of(250, 0, 250, 0.05).High).ShouldBeTrue();
    }
}
