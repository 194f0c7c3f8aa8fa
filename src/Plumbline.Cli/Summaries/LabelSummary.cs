using System.Globalization;
using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Screens;
using Plumbline.Labelling;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Summaries;

/// <summary>What people's labels make of a judge's verdict, on the console.</summary>
internal static class LabelSummary
{
    /// <summary>As JSON, for programs.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="people">Whose labels; at least one.</param>
    public static void PrintJson(Screen screen, string folder, IReadOnlyList<HumanLabels> people)
    {
        var audit = AuditFile.Read(RunChoice.DocumentOf(folder));
        var others = people.Skip(1).Select(other => new LabelledBy(other.Id, other.Compare(folder, audit))).ToList();
        var run = new LabelledRun(audit.Judge.Id, people[0].Id, 1 - audit.Rule.Alpha, people[0].Compare(folder, audit)) 
        {
            Others = others.Count > 0 ? others : null,
            RaterAgreement = Among(people, HumanLabels.AmongRaters(folder, audit)) is { Count: > 0 } raters ? raters : null,
        };
        screen.Json(run, LabelJsonContext.Default.LabelledRun);
    }

    /// <summary>In words and tables.</summary>
    /// <param name="screen">Where to.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="people">Whose labels; at least one.</param>
    /// <param name="everybody">Who has labelled at all, to be named where the labels that were asked for are not there; null for nobody to name.</param>
    public static void Print(Screen screen, string folder, IReadOnlyList<HumanLabels> people, IReadOnlyList<HumanLabels>? everybody = null)
    {
        var audit = AuditFile.Read(RunChoice.DocumentOf(folder));
        var shows = false;
        foreach (var one in people)
        {
            if (people.Count > 1)
            {
                screen.Line();
                screen.Line($"Labels of '{one.Id}'");
            }

            var comparisons = one.Compare(folder, audit);
            shows |= comparisons.Count > 0;
            if (comparisons.Count > 0) Print(screen, audit, comparisons);
            else screen.Line($"No scored case has labels of '{one.Id}' on both sides yet.{Named(one, everybody ?? [])}");
        }

        if (!shows) return;

        // Whoever asks for one person's labels sees nobody else's; whoever brings some is told of those that they contradict.
        var raters = Among(everybody is null ? HumanLabels.In(folder) : people, HumanLabels.AmongRaters(folder, audit));
        if (raters.Count > 0) screen.Line();
        foreach (var pair in raters)
        {
            screen.Sentence(LabelWords.Sentence(pair));
            if (pair.Caution is { } caution) screen.Sentence(caution, "Caution: ");
        }

        if (audit.Stopping is { Stopped: not null } stopping)
            screen.Line($"The run was stopped early: counted are the {Numbers.Thousands(stopping.Taken)} cases that it decided from. These intervals are made for a fixed number of cases, and too narrow for a run that may stop at any.");
        screen.Line("The correction holds where the labelled cases were drawn at random, as 'plumb labels export' draws them. Cases of one prompt count as fewer.");
    }

    private static IReadOnlyList<RaterAgreement> Among(IReadOnlyList<HumanLabels> people, IReadOnlyList<RaterAgreement> agreements) =>
        [.. agreements.Where(pair => new[] { pair.Rater, pair.Other }.All(id => people.Any(one => one.Id == id)))];

    private static void Print(Screen screen, AuditDocument audit, IReadOnlyList<LabelledComparison> comparisons)
    {
        foreach (var comparison in comparisons)
        {
            screen.Line();
            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{Wording.Of(comparison.Kind)}: {Numbers.Count(comparison.Labelled, "case")} labelled on both sides; people and '{audit.Judge.Id}' say the same of {Numbers.Share(comparison.Agreement)} of their answers."));
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
    }

    private static string Named(HumanLabels one, IReadOnlyList<HumanLabels> everybody) => everybody.Where(other => other.Id != one.Id).Select(other => $"'{other.Id}'").ToList() is { Count: > 0 } others
        ? $" There are labels of {string.Join(", ", others)}: --rater takes the name behind 'human:', and without it everybody's are shown."
        : "";

    private static string[] Cells(Statistics.IntervalEstimate estimate) => [Numbers.SignedPoints(estimate.Estimate), Numbers.Interval(estimate.Low, estimate.High, Numbers.Points)];
}
