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
        var margins = result.Lines.Where(line => line.Limit is null).ToList();
        var limits = result.Lines.Where(line => line.Limit is not null).ToList();
        var confidence = Numbers.Percent(result.Confidence);
        Print(screen, margins, Margin, "demand", "cases", "baseline", "candidate", "difference", $"{confidence} interval", "margin", "outcome");
        Print(screen, limits, Limit, "limit", "cases", "baseline", "candidate", $"{confidence} interval", "demanded", "outcome");
        foreach (var line in result.Lines) screen.Line($"  - {GateWords.NameOf(line)}: {line.Label}. {line.Reason}");
        var share = result.Planned == 0 ? 0 : (double)result.Missing / result.Planned;
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"  - unscored: {result.Missing} of {result.Planned} cases have no score ({Numbers.Share(share)}); at most {Numbers.Percent(result.UnscoredCap)} may. {(result.HasTooManyMissing ? "Too many." : "Within the cap.")}"));
    }

    private static void Print(Screen screen, List<GateLine> lines, Func<GateLine, string[]> row, params string[] columns)
    {
        if (lines.Count == 0) return;

        var table = PlainTable.Of(columns);
        foreach (var line in lines) table.AddRow(row(line));
        screen.Table(table);
    }

    private static string[] Limit(GateLine line)
    {
        Func<double, string> level = line.Metric == GateMetric.Understanding ? Numbers.Mean : Numbers.Share;
        return
        [
            GateWords.NameOf(line.Metric),
            line.N.ToString(CultureInfo.InvariantCulture),
            line.Baseline is { } before ? level(before) : "–",
            line.Candidate is { } after ? level(after) : "–",
            line.Level is { } interval ? Numbers.Interval(interval.Low, interval.High, level) : "–",
            GateWords.Of(line.Metric, line.Limit!.Value),
            line.Outcome.ToString().ToLowerInvariant(),
        ];
    }

    private static string[] Margin(GateLine line)
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
            isMean ? Numbers.Mean(line.Margin!.Value) : Numbers.Percent(line.Margin!.Value).TrimEnd('%') + " points",
            line.Outcome.ToString().ToLowerInvariant(),
        ];
    }
}
