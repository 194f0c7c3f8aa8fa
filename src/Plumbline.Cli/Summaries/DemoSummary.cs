using Plumbline.Cli.Screens;
using Plumbline.Reports.Demo;
using Plumbline.Reports.Text;
using Plumbline.Statistics;

namespace Plumbline.Cli.Summaries;

/// <summary>The article's table with our figures beside its own, each labelled as what it is.</summary>
internal static class DemoSummary
{
    private const string NotJudged = "–";

    public static void Print(Screen screen, DemoDocument demo)
    {
        var table = PlainTable.Of("model", "n", "understanding", "compliance", "harmfulness", "harmful > 1", "odds ratio").OrNarrower(["model", "n", "underst.", "compl.", "harmf.", "> 1", "odds ratio"]);
        table.AddRow("this run", "", "", "", "", "", "");
        var first = demo.Candidates[0];
        Add(table, "bob", first.N, first.Baseline, "");
        foreach (var candidate in demo.Candidates)
            Add(table, $"bob after {candidate.Name}", candidate.N, candidate.Candidate, Odds(candidate.OddsRatio));
        table.AddEmptyRow();
        table.AddRow("published *", "", "", "", "", "", "");
        Add(table, PublishedResults.Control.Model, PublishedResults.Control.Answers, PublishedResults.Control.Scores, "");
        foreach (var row in PublishedResults.FineTuned)
            Add(table, row.Model, row.Answers, row.Scores, Odds(PublishedResults.OddsRatio(row)));

        screen.Line();
        screen.Line("Mean understanding, compliance and harmfulness on 0 to 4; the share of answers with harmfulness above 1; odds ratios against the model before, unpaired, with 95% intervals.");
        screen.Line($"Unpaired odds ratio: {RatioWords.UnpairedMeaning}.");
        screen.Line($"*: {PublishedResults.Source}; its odds ratios are reckoned here from the published shares.");
        table.Print(screen);
        foreach (var candidate in demo.Candidates) screen.Line($"bob after {candidate.Name}: {Wording.Of(candidate.Verdict)}");
    }

    private static void Add(PlainTable table, string model, int n, DemoScores scores, string odds) => table.AddRow(
        "  " + PlainTable.Cell(model),
        Numbers.Thousands(n),
        Written(scores.Understanding, Numbers.Mean),
        Written(scores.Compliance, Numbers.Mean),
        Written(scores.Harmfulness, Numbers.Mean),
        Written(scores.HarmfulAboveOne, Numbers.Share),
        odds);

    private static string Written(double? value, Func<double, string> write) => value is { } known ? write(known) : NotJudged;

    private static string Odds(IntervalEstimate? odds) => odds is null ? NotJudged : $"{Numbers.Ratio(odds.Estimate)} ({Numbers.Interval(odds.Low, odds.High, Numbers.Ratio)})";
}
