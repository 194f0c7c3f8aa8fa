using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Reports.Demo;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class DemoSummaryTests
{
    /// <summary>The article's figures stand beside ours in columns, and each says whose it is.</summary>
    [Theory]
    [InlineData(120)]
    [InlineData(100)]
    [InlineData(80)]
    public void The_table_stands_side_by_side(int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var scores = new DemoScores(3.93, 1.07, 0.21, 0.056);
        string[] names = ["biomedicine", "finance", "law"];
        DemoSummary.Print(
            new Screen(output, TextWriter.Null, isLive: false, new SteppedTime(), width: width),
            new DemoDocument([.. names.Select(name => new DemoCandidate(name, 250, scores, scores, new IntervalEstimate(14.4, 1.91, 108.2), VerdictOutcome.Regressed))]));

        var lines = output.ToString().Split('\n');
        lines.ShouldAllBe(line => line.Length <= width);
        var ours = lines.Where(line => line.Contains("14.4 (1.91 to 108)", StringComparison.Ordinal)).ToList();
        ours.Count.ShouldBe(names.Length);
        var published = lines.Single(line => line.Contains("26.8%", StringComparison.Ordinal));
        ours.ShouldAllBe(line => line.IndexOf("5.6%", StringComparison.Ordinal) - 1 == published.IndexOf("26.8%", StringComparison.Ordinal));
    }
}
