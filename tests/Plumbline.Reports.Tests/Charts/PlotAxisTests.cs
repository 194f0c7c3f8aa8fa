using FsCheck;
using FsCheck.Fluent;
using Plumbline.Reports.Charts;
using Shouldly;

namespace Plumbline.Reports.Tests.Charts;

public sealed class PlotAxisTests
{
    [Fact]
    public void The_ends_lie_at_0_and_100_percent_and_what_is_outside_at_the_nearer_end()
    {
        PlotAxis.Scores.Position(0).ShouldBe(0);
        PlotAxis.Scores.Position(4).ShouldBe(100);
        PlotAxis.Scores.Position(1).ShouldBe(25);
        PlotAxis.Scores.Position(-3).ShouldBe(0);
        PlotAxis.Scores.Position(9).ShouldBe(100);
    }

    [Fact]
    public void A_covering_axis_covers_with_few_round_ticks()
    {
        var gen = from low in Gen.Choose(-100_000, 100_000)
                  from width in Gen.Choose(1, 100_000)
                  from scale in Gen.Elements(1.0, 1e-3, 1e-6, 1e4)
                  select (Low: low * scale, High: (low + width) * scale);
        Prop.ForAll(gen.ToArbitrary(), range =>
        {
            var axis = PlotAxis.Covering(range.Low, range.High);
            var slack = (range.High - range.Low) * 1e-6;
            var steps = axis.Ticks.Zip(axis.Ticks.Skip(1), (a, b) => b - a).ToArray();
            return axis.Minimum <= range.Low + slack
                && axis.Maximum >= range.High - slack
                && axis.Ticks.Count is >= 3 and <= 9
                && steps.All(step => step > 0 && Math.Abs(step - steps[0]) <= slack);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(0.4, 0.4)]
    [InlineData(0.397, 0.4)]
    [InlineData(0.01, 0.04)]
    [InlineData(0.81, 1)]
    public void Shares_end_at_a_round_value(double largest, double end) => PlotAxis.SharesUpTo(largest).Maximum.ShouldBe(end);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.PositiveInfinity)]
    public void An_axis_without_extent_is_refused(double low, double high) => Should.Throw<ArgumentException>(() => PlotAxis.Covering(low, high));
}
