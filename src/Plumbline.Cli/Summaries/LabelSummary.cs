using System.Globalization;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Screens;
using Plumbline.Labelling;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What people's labels make of a judge's verdict, on the console.</summary>
internal static class LabelSummary
{
    /// <summary>As JSON, for programs.</summary>
    public static void PrintJson(Screen screen, string folder, HumanLabels people)
    {
        var audit = AuditFile.Read(RunChoice.DocumentOf(folder));
        screen.Line(JsonSerializer.Serialize(new LabelledRun(audit.Judge.Id, people.Id, 1 - audit.Rule.Alpha, people.Compare(folder, audit)), LabelJsonContext.Default.LabelledRun));
    }

    /// <summary>In words and tables.</summary>
    public static void Print(Screen screen, string folder, HumanLabels people)
    {
        var audit = AuditFile.Read(RunChoice.DocumentOf(folder));
        var comparisons = people.Compare(folder, audit);
        if (comparisons.Count == 0)
        {
            screen.Line($"No scored case has labels of '{people.Id}' on both sides yet.");
            return;
        }

        foreach (var comparison in comparisons)
        {
            screen.Line();
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Wording.Of(comparison.Kind)}: {comparison.Labelled} {(comparison.Labelled == 1 ? "case" : "cases")} labelled on both sides; people and '{audit.Judge.Id}' say the same of {Numbers.Share(comparison.Agreement)} of their answers."));
            if (comparison.Difference is not { } difference)
            {
                screen.Line("One labelled case makes no interval: label more.");
                continue;
            }

            var table = PlainTable.Of($"rise of {comparison.Event}", "estimate", $"{Numbers.Percent(1 - audit.Rule.Alpha)} interval");
            table.AddRow(["the judge alone, all cases", .. comparison.Judge is { } judge ? Cells(judge) : [Numbers.SignedPoints(difference.JudgeOnly), "not corrected"]]);
            table.AddRow(["people alone, labelled cases", .. Cells(difference.HumanOnly)]);
            table.AddRow(["the judge corrected by people", .. comparison.LooksChosen ? ["not shown", "no random draw"] : Cells(difference.Mean)]);
            table.Print(screen);
            if (comparison.Caution is { } caution) screen.Line($"Caution: {caution}");
        }

        if (audit.Stopping is { Stopped: not null } stopping)
            screen.Line($"The run was stopped early: counted are the {stopping.Taken} cases that it decided from. These intervals are made for a fixed number of cases, and too narrow for a run that may stop at any.");
        screen.Line("The correction holds where the labelled cases were drawn at random, as 'plumb labels export' draws them. Cases of one prompt count as fewer.");
    }

    private static string[] Cells(Statistics.IntervalEstimate estimate) => [Numbers.SignedPoints(estimate.Estimate), Numbers.Interval(estimate.Low, estimate.High, Numbers.Points)];
}
