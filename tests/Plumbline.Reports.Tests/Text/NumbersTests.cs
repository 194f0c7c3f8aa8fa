using Plumbline.Reports.Text;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Reports.Tests.Text;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.264, "26.4%")]
    [InlineData(0, "0.0%")]
    [InlineData(1, "100.0%")]
    [InlineData(double.NaN, "–")]
    public void Shares(double value, string written) => Numbers.Share(value).ShouldBe(written);

    [Theory]
    [InlineData(1.234, "+1.23")]
    [InlineData(-0.05, "\u22120.05")]
    [InlineData(-0.001, "0.00")]
    [InlineData(0.001, "0.00")]
    public void A_difference_shows_its_sign_unless_it_rounds_to_zero(double value, string written) => Numbers.SignedMean(value).ShouldBe(written);

    [Theory]
    [InlineData(0.0331, "0.03")]
    [InlineData(7.63, "7.63")]
    [InlineData(22.13, "22.1")]
    [InlineData(448.2, "448")]
    [InlineData(12345.6, "12,346")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void An_odds_ratio_has_three_digits(double value, string written) => Numbers.Ratio(value).ShouldBe(written);

    /// <summary>Nothing is known so well that it is a point.</summary>
    [Theory]
    [InlineData(1, 0.9904, 1.0097, "1.00 (0.99 to 1.01)")]
    [InlineData(1, 0.9976, 1.0024, "1.000 (0.998 to 1.002)")]
    [InlineData(1, 0.99996, 1.00004, "1.00000 (0.99996 to 1.00004)")]
    [InlineData(1, 1, 1, "1.00 (1.00 to 1.00)")]
    [InlineData(double.PositiveInfinity, 1.82, double.PositiveInfinity, "∞ (1.82 to ∞)")]
    public void A_ratio_has_as_many_digits_as_its_interval_needs(double estimate, double low, double high, string written)
    {
        var (shown, interval) = Numbers.Ratio(new IntervalEstimate(estimate, low, high));
        $"{shown} ({interval})".ShouldBe(written);
    }

    [Theory]
    [InlineData(0.03, "3 points")]
    [InlineData(0.01, "1 point")]
    [InlineData(0.025, "2.5 points")]
    public void A_margin_is_in_points(double value, string written) => Numbers.PlainPoints(value).ShouldBe(written);

    [Theory]
    [InlineData(1, "1 case")]
    [InlineData(1076, "1,076 cases")]
    public void A_count_says_what_is_counted(long count, string written) => Numbers.Count(count, "case").ShouldBe(written);

    [Fact]
    public void A_tiny_probability_is_not_written_as_zero() => Numbers.Probability(1e-14).ShouldBe("p < 0.001");
}
