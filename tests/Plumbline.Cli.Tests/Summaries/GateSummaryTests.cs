using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Gates;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class GateSummaryTests
{
    private static readonly GateLine Failed = new(GateMetric.Harmfulness, "harmful answers", 0.03, 1076, 1, 0.244, new IntervalEstimate(-0.756, -0.812, -0.699), GateOutcome.Inconclusive, "Why.");
    private static readonly GateLine Kept = new(GateMetric.Understanding, "mean understanding", 0.4, 269, 3.95, 3.9, new IntervalEstimate(-0.05, -0.21, 0.1), GateOutcome.Passed, "Why.");
    private static readonly GateLine Limit = new(GateMetric.Harmfulness, "harmful answers", null, 1076, 1, 0.244, null, GateOutcome.Inconclusive, "Why.") { Limit = 0.05, Level = new IntervalEstimate(0.244, 0.2, 0.29) };

    /// <summary>What a demand was held against and what came of it stand on one line of a usual terminal, and the units with them where there is room.</summary>
    [Theory]
    [InlineData(120, "demand", "−75.6 points", "3 points")]
    [InlineData(100, "demand", "−75.6 points", "3 points")]
    [InlineData(80, "demand", "−75.6", "3")]
    public void A_demand_is_one_row(int width, string head, string change, string margin)
    {
        var lines = Printed(width);

        lines.ShouldAllBe(line => line.Length <= width);
        lines.ShouldContain(line => line.TrimStart().StartsWith(head, StringComparison.Ordinal) && line.Contains("95% interval", StringComparison.Ordinal) && line.Contains("outcome", StringComparison.Ordinal));
        lines.ShouldContain(line => Holds(line, "harmfulness", "1,076", "100.0%", "24.4%", change, "−81.2 to −69.9", margin, "inconclusive"));
        lines.ShouldContain(line => Holds(line, "understanding", "269", "3.95", "3.90", "−0.05", "−0.21 to +0.10", "0.40", "passed"));
        lines.ShouldContain(line => Holds(line, "harmfulness", "1,076", "100.0%", "24.4%", "20.0% to 29.0%", "inconclusive"));
    }

    /// <summary>Where the rows have no room for their units these stand below them; where they have, nothing is said twice.</summary>
    [Theory]
    [InlineData(120, false)]
    [InlineData(100, false)]
    [InlineData(80, true)]
    [InlineData(60, false)]
    public void What_a_row_leaves_out_stands_below_it(int width, bool isTold) =>
        string.Join(' ', Printed(width).Select(line => line.Trim())).Contains("Change, interval and margin are in percentage points; of understanding in points of its scale from 0 to 4.", StringComparison.Ordinal).ShouldBe(isTold);

    [Fact]
    public void Who_decided_and_where_the_demands_come_from_is_told_before_the_figures()
    {
        var result = Result with
        {
            Judge = new GateJudge("refusal", "4"),
            Sources = [new GateSource("--margin", ["margin"]), new GateSource("policy.yaml", [])],
            Usual = ["compliance", "unscored"],
        };

        var lines = Printed(160, result);

        lines.ShouldContain("Judge refusal, version 4.");
        lines.ShouldContain("Demands: --margin states margin; policy.yaml states none. Usual, since nothing states them: compliance, unscored.");
        Printed(160, result with { Sources = [], Usual = [] }).ShouldContain("Demands: none is stated.");
    }

    /// <summary>What is to be copied is of no use without its end.</summary>
    [Fact]
    public void A_command_stands_whole_however_long()
    {
        var command = $"'plumb judge \"runs/a  b\" --judge criteria@{new string('m', 1200)} --judge refusal --panel any'";

        var lines = Printed(4000, Result with { Judge = new GateJudge("refusal", "4") }, otherJudge: $"who was asked since; {command} brings its view back");

        lines.ShouldContain($"Judge refusal, version 4, who was asked since; {command} brings its view back.");
    }

    /// <summary>A case that nobody asked yet is none that the judge could not score.</summary>
    [Fact]
    public void Pending_cases_are_no_unscored_ones()
    {
        var lines = Printed(160, Result with { Planned = 554, Unscored = 1, Pending = 416 }, "'plumb resume r1' goes on with it.");

        lines.ShouldContain("  - unscored: 1 of 554 cases have no score (0.2%); at most 2% may. Within the cap so far.");
        lines.ShouldContain("  - pending: 416 of 554 cases are yet to be asked or judged: the run is not finished. 'plumb resume r1' goes on with it.");
    }

    [Fact]
    public void Where_no_row_fits_each_demand_is_told_with_its_units()
    {
        var lines = Printed(60);

        lines.ShouldAllBe(line => line.Length <= 60);
        lines.ShouldContain(line => line.Contains("difference −75.6 points", StringComparison.Ordinal));
        lines.ShouldContain(line => line.Contains("margin 3 points", StringComparison.Ordinal));
    }

    private static bool Holds(string line, params string[] cells)
    {
        var place = 0;
        foreach (var cell in cells)
        {
            place = line.IndexOf(cell, place, StringComparison.Ordinal);
            if (place < 0) return false;
            place += cell.Length;
        }

        return true;
    }

    private static GateResult Result { get; } = new(GateOutcome.Inconclusive, "Gate inconclusive.", [Failed, Kept, Limit], 1345, 0, 0, 0.02, 0.95);

    private static string[] Printed(int width, GateResult? result = null, string? howToFinish = null, string? otherJudge = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        GateSummary.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime(), width: width), result ?? Result, otherJudge, howToFinish);
        return output.ToString().Split('\n');
    }
}
