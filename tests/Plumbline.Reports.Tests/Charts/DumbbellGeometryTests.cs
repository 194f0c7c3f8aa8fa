using FsCheck;
using FsCheck.Fluent;
using Plumbline.Reports.Charts;
using Shouldly;

namespace Plumbline.Reports.Tests.Charts;

public sealed class DumbbellGeometryTests
{
    [Fact]
    public void Everything_lies_where_its_value_says()
    {
        var layout = DumbbellGeometry.Of(Row(new PlotPoint(0.4, 0.2, 0.8), new PlotPoint(2, 1, 3), marginTo: 1), PlotAxis.Scores);

        layout.Baseline.ShouldBe(10);
        layout.Candidate.ShouldBe(50);
        layout.BaselineInterval.ShouldBe(new PlotSpan(5, 15));
        layout.CandidateInterval.ShouldBe(new PlotSpan(25, 50));
        layout.Bar.ShouldBe(new PlotSpan(10, 40));
        layout.Margin.ShouldBe(new PlotSpan(10, 15));
    }

    [Fact]
    public void A_margin_below_the_baseline_reaches_to_the_left()
    {
        var layout = DumbbellGeometry.Of(Row(new PlotPoint(4), new PlotPoint(3.9), marginTo: 3.6), PlotAxis.Scores);
        layout.Margin!.Value.End.ShouldBe(100);
        layout.Margin.Value.Start.ShouldBe(90, 1e-9);
    }

    [Fact]
    public void A_side_that_was_not_judged_has_no_dot_and_no_bar()
    {
        var layout = DumbbellGeometry.Of(Row(null, new PlotPoint(2)), PlotAxis.Scores);
        layout.Baseline.ShouldBeNull();
        layout.Bar.ShouldBeNull();
        layout.Margin.ShouldBeNull();
        layout.BaselineAnchor.ShouldBe("middle");
    }

    [Theory]
    [InlineData(3.93, 3.80, "start", "end")]
    [InlineData(3.80, 3.93, "end", "start")]
    [InlineData(2, 2, "end", "start")]
    [InlineData(0.5, 1.7, "middle", "middle")]
    public void Values_of_near_dots_lean_away_from_each_other(double baseline, double candidate, string baselineAnchor, string candidateAnchor)
    {
        var layout = DumbbellGeometry.Of(Row(new PlotPoint(baseline), new PlotPoint(candidate)), PlotAxis.Scores);
        layout.BaselineAnchor.ShouldBe(baselineAnchor);
        layout.CandidateAnchor.ShouldBe(candidateAnchor);
    }

    [Fact]
    public void Nothing_is_drawn_outside_the_plot()
    {
        var anywhere = Gen.Choose(-2000, 6000).Select(v => v / 1000.0);
        var gen = from a in anywhere from b in anywhere from c in anywhere from d in anywhere from m in anywhere select (a, b, c, d, m);
        Prop.ForAll(gen.ToArbitrary(), v =>
        {
            var layout = DumbbellGeometry.Of(
                Row(new PlotPoint(v.a, Math.Min(v.a, v.b), Math.Max(v.a, v.b)), new PlotPoint(v.c, Math.Min(v.c, v.d), Math.Max(v.c, v.d)), v.m),
                PlotAxis.Scores);
            PlotSpan[] spans = [layout.BaselineInterval!.Value, layout.CandidateInterval!.Value, layout.Bar!.Value, layout.Margin!.Value];
            return spans.All(span => span.Start >= 0 && span.Width >= 0 && span.End <= 100 + 1e-9)
                && layout.Baseline is >= 0 and <= 100
                && layout.Candidate is >= 0 and <= 100;
        }).QuickCheckThrowOnFailure();
    }

    private static DumbbellRow Row(PlotPoint? baseline, PlotPoint? candidate, double? marginTo = null) =>
        new("measure", null, baseline, candidate, v => v.ToString(), marginTo);
}
