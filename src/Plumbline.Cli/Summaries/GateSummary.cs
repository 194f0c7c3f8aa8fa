using Plumbline.Cli.Screens;
using Plumbline.Gates;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>A gate's result on the console: the outcome first, then by whom and what it was decided, then a line a demand with its numbers.</summary>
internal static class GateSummary
{
    /// <summary>Prints it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="result">What.</param>
    /// <param name="otherJudge">What is to be said of the judge where it is another than the run's own; null where it is that one.</param>
    /// <param name="howToFinish">What brings the run to its end; null where no case is pending.</param>
    public static void Print(Screen screen, GateResult result, string? otherJudge = null, string? howToFinish = null)
    {
        screen.Sentence(result.Sentence);
        if (result is { Baseline: { } before, Candidate: { } after }) screen.Sentence($"Baseline {VisibleText.OneLine(before, 200)}, candidate {VisibleText.OneLine(after, 200)}.");
        if (result.Judge is { } judge) screen.Sentence($"Judge {JudgeWords.Of(judge.Id, judge.Version)}{(otherJudge is null ? "" : ", " + otherJudge)}.");
        if (result is { Sources: { } sources, Usual: { } usual }) screen.Sentence(Stated(sources, usual));
        var margins = result.Lines.Where(line => line.Limit is null).ToList();
        var limits = result.Lines.Where(line => line.Limit is not null).ToList();
        var confidence = Numbers.Percent(result.Confidence);
        // A level in percent says that its change and margin are in points, as they are in the interval.
        var units = margins.TrueForAll(line => line.Metric == GateMetric.Understanding) ? "points of its scale from 0 to 4."
            : $"percentage points{(margins.Exists(line => line.Metric == GateMetric.Understanding) ? "; of understanding in points of its scale from 0 to 4." : ".")}";
        var demands = PlainTable.Of("demand", "cases", "baseline", "candidate", "difference", $"{confidence} interval", "margin", "outcome")
            .OrNarrower(["demand", "n", "before", "after", "change", $"{confidence} interval", "margin", "outcome"], below: $"Change, interval and margin are in {units}");
        foreach (var line in margins) demands.AddRow(Margin(line, namesPoints: true), narrower: Margin(line, namesPoints: false));
        if (margins.Count > 0) demands.Print(screen);
        var levels = PlainTable.Of("limit", "cases", "baseline", "candidate", $"{confidence} interval", "demanded", "outcome").OrNarrower(["limit", "n", "before", "after", $"{confidence} interval", "demanded", "outcome"]);
        foreach (var line in limits) levels.AddRow(Limit(line));
        if (limits.Count > 0) levels.Print(screen);
        foreach (var line in result.Lines) screen.Sentence($"{GateWords.NameOf(line)}: {line.Label}. {line.Reason}", "  - ");
        var share = result.Planned == 0 ? 0 : (double)result.Unscored / result.Planned;
        screen.Sentence($"unscored: {Numbers.Thousands(result.Unscored)} of {Numbers.Count(result.Planned, "case")} have no score ({Numbers.Share(share)}); at most {Numbers.Percent(result.UnscoredCap)} may. {(result.HasTooManyUnscored ? "Too many." : result.Pending > 0 ? "Within the cap so far." : "Within the cap.")}", "  - ");
        if (howToFinish is not null) screen.Sentence($"pending: {Numbers.Thousands(result.Pending)} of {Numbers.Count(result.Planned, "case")} are yet to be asked or judged: the run is not finished. {howToFinish}", "  - ");
        foreach (var caution in result.Cautions ?? []) screen.Sentence($"Caution: {caution}");
    }

    private static string Stated(IReadOnlyList<GateSource> sources, IReadOnlyList<string> usual)
    {
        var stated = sources.Select(source => $"{VisibleText.OneLine(source.Place, 200)} states {(source.States.Count == 0 ? "none" : string.Join(", ", source.States))}");
        return $"Demands: {(sources.Count == 0 ? "none is stated" : string.Join("; ", stated))}.{(usual.Count == 0 ? "" : $" Usual, since nothing states them: {string.Join(", ", usual)}.")}";
    }

    private static string[] Limit(GateLine line)
    {
        Func<double, string> level = line.Metric == GateMetric.Understanding ? Numbers.Mean : Numbers.Share;
        return
        [
            GateWords.NameOf(line.Metric),
            Numbers.Thousands(line.N),
            line.Baseline is { } before ? level(before) : "–",
            line.Candidate is { } after ? level(after) : "–",
            line.Level is { } interval ? line.N <= 1 ? Wording.TooFew : Numbers.Interval(interval.Low, interval.High, level) : "–",
            GateWords.Of(line.Metric, line.Limit!.Value),
            line.Outcome.ToString().ToLowerInvariant(),
        ];
    }

    private static string[] Margin(GateLine line, bool namesPoints)
    {
        var isMean = line.Metric == GateMetric.Understanding;
        Func<double, string> level = isMean ? Numbers.Mean : Numbers.Share;
        Func<double, string> change = isMean ? Numbers.SignedMean : namesPoints ? Numbers.SignedPoints : Numbers.Points;
        Func<double, string> bound = isMean ? Numbers.SignedMean : Numbers.Points;
        return
        [
            GateWords.NameOf(line.Metric),
            Numbers.Thousands(line.N),
            line.Baseline is { } before ? level(before) : "–",
            line.Candidate is { } after ? level(after) : "–",
            line.Difference is { } difference ? change(difference.Estimate) : "–",
            line.Difference is { } interval ? line.N <= 1 ? Wording.TooFew : Numbers.Interval(interval.Low, interval.High, bound) : "–",
            isMean ? Numbers.Mean(line.Margin!.Value) : namesPoints ? Numbers.PlainPoints(line.Margin!.Value) : Numbers.Margin(line.Margin!.Value),
            line.Outcome.ToString().ToLowerInvariant(),
        ];
    }
}
