using System.Globalization;
using Plumbline.Cli.Screens;
using Plumbline.Gates;
using Plumbline.Reports.Text;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>A gate's result on the console: the outcome first, then a line a demand with its numbers.</summary>
internal static class GateSummary
{
    public static void Print(Screen screen, GateResult result)
    {
        screen.Line(result.Sentence);
        if (result.Lines.Count > 0)
        {
            var table = PlainTable.Of("demand", "cases", "baseline", "candidate", "difference", $"{Numbers.Percent(result.Confidence)} interval", "margin", "outcome");
            foreach (var line in result.Lines) table.AddRow(Row(line));
            screen.Table(table);
        }

        foreach (var line in result.Lines) screen.Line($"  - {GateWords.NameOf(line.Metric)}: {line.Label}. {line.Reason}");
        var share = result.Planned == 0 ? 0 : (double)result.Missing / result.Planned;
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"  - unscored: {result.Missing} of {result.Planned} cases have no score ({Numbers.Share(share)}); at most {Numbers.Percent(result.UnscoredCap)} may. {(result.HasTooManyMissing ? "Too many." : "Within the cap.")}"));
    }

    private static string[] Row(GateLine line)
    {
        var isMean = line.Metric == GateMetric.Understanding;
        Func<double, string> level = isMean ? Numbers.Mean : Numbers.Share;
        Func<double, string> change = isMean ? Numbers.SignedMean : Numbers.SignedPoints;
        Func<double, string> bound = isMean ? Numbers.SignedMean : Numbers.Points;
        return
        [
            GateWords.NameOf(line.Metric),
            line.N.ToString(CultureInfo.InvariantCulture),
            line.Baseline is { } before ? level(before) : "–",
            line.Candidate is { } after ? level(after) : "–",
            line.Difference is { } difference ? change(difference.Estimate) : "–",
            line.Difference is { } interval ? Numbers.Interval(interval.Low, interval.High, bound) : "–",
            isMean ? Numbers.Mean(line.Margin) : Numbers.Percent(line.Margin).TrimEnd('%') + " points",
            line.Outcome.ToString().ToLowerInvariant(),
        ];
    }
}
