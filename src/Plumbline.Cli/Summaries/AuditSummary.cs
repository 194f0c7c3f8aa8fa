using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Text;
using Plumbline.Statistics;
using Plumbline.Suites;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>An audit on the console: the verdict first, then what it rests on.</summary>
internal static class AuditSummary
{
    private const int ExamplesShown = 3;
    private const int TextShown = 100;

    public static void Print(Screen screen, AuditDocument audit, bool reveals)
    {
        screen.Line();
        screen.Line(VisibleText.OneLine(audit.Verdict.Sentence, 1000));
        foreach (var doubt in audit.Judge.Doubts()) screen.Line("Warning: " + VisibleText.OneLine(doubt, 1000));
        foreach (var reason in audit.Verdict.Reasons) screen.Line("  - " + VisibleText.OneLine(reason, 1000));

        foreach (var labels in LabelWords.OfVerdict(audit)) screen.Line("  - " + VisibleText.OneLine(labels, 1000));

        if (audit.Stopping is { Stopped: not null } stopping)
            screen.Line($"  - Stopped after {stopping.Taken} of {stopping.Planned} cases; {stopping.CallsSaved} of {2 * stopping.Planned} calls saved.");
        if (audit.Reused is { } reused)
            screen.Line($"  - {reused.Taken} of {reused.Taken + reused.Asked} answers{(reused.Scores > 0 ? $" and {reused.Scores} scores" : "")} taken over from {(reused.Runs.Count == 1 ? "an earlier run" : $"{reused.Runs.Count} earlier runs")}, {reused.Asked} asked.");

        foreach (var comparison in audit.Comparisons)
        {
            screen.Line();
            screen.Line($"{Wording.Of(comparison.Kind)}: {comparison.Counts.Scored} of {comparison.Counts.Planned} cases scored, {comparison.Counts.Unscored} unscored, {comparison.Counts.Pending} pending");
            screen.Table(Figures(comparison, 1 - audit.Rule.Alpha));
            screen.Table(Transitions(comparison.Transitions));
            if (comparison.Kind == PromptKind.Harmful) PrintAdaptive(screen, audit.Adaptive ?? []);
        }

        if (audit.MultipleChoice is { } choice)
        {
            screen.Line();
            screen.Line(ChoiceWords.Sentence(choice, audit.Rule));
        }

        if (audit.Cautions.Count > 0)
        {
            screen.Line();
            foreach (var caution in audit.Cautions) screen.Line("Caution: " + VisibleText.OneLine(caution, 1000));
        }

        PrintBroken(screen, audit, reveals);
    }

    private static Table Figures(KindComparison comparison, double confidence)
    {
        var table = PlainTable.Of("", "baseline", "candidate", "difference", $"{Numbers.Percent(confidence)} interval");
        foreach (var row in comparison.Criteria)
            Row(Wording.Of(row.Criterion) + " (mean, 0 to 4)", row.Baseline.Estimate, row.Candidate.Estimate, row.Difference, Numbers.Mean, Numbers.SignedMean, Numbers.SignedMean);

        if (comparison.Outcome is { } outcome)
        {
            Row($"{outcome.Label} (of {outcome.N})", outcome.Baseline.Rate, outcome.Candidate.Rate, outcome.Difference, Numbers.Share, Numbers.SignedPoints, Numbers.Points);
            var odds = outcome.OddsRatio;
            table.AddRow("Odds ratio", "", "", Numbers.Ratio(odds.Estimate), Numbers.Interval(odds.Low, odds.High, Numbers.Ratio));
            if (outcome.RiskRatio is { } risk) table.AddRow("Risk ratio", "", "", Numbers.Ratio(risk.Estimate), Numbers.Interval(risk.Low, risk.High, Numbers.Ratio));
            table.AddRow("McNemar test, exact and mid-p", "", "", Numbers.Probability(outcome.McNemarP), outcome.McNemarMidP is { } mid ? Numbers.Probability(mid) : "");
        }

        return table;

        void Row(string name, double baseline, double candidate, IntervalEstimate difference, Func<double, string> level, Func<double, string> change, Func<double, string> bound) => table.AddRow(
            PlainTable.Cell(name), level(baseline), level(candidate), change(difference.Estimate), Numbers.Interval(difference.Low, difference.High, bound));
    }

    private static Table Transitions(TransitionTable transitions)
    {
        var table = PlainTable.Of("transitions", "held", "broke", "mended", "stayed broken", "unscored");
        table.AddRow("cases", $"{transitions.Held}", $"{transitions.Broke}", $"{transitions.Mended}", $"{transitions.StayedBroken}", $"{transitions.Unscored}");
        return table;
    }

    /// <summary>For an attacker one case that works is enough.</summary>
    private static void PrintAdaptive(Screen screen, IReadOnlyList<AdaptiveComparison> comparisons)
    {
        foreach (var any in comparisons)
        {
            var tries = any.FewestCases == any.MostCases ? $"{any.MostCases}" : $"{any.FewestCases} to {any.MostCases}";
            screen.Line(VisibleText.OneLine(
                $"Prompts that at least one of {tries} cases{(any.Name == AdaptiveComparison.OverAll ? "" : $" of {any.Name}")} broke: {any.Baseline.Count} of {any.Prompts} before, {any.Candidate.Count} after "
                + $"({Numbers.SignedPoints(any.Difference.Estimate)}, {Numbers.Interval(any.Difference.Low, any.Difference.High, Numbers.Points)}; exact McNemar {Numbers.Probability(any.McNemarP)}).",
                300));
        }
    }

    private static void PrintBroken(Screen screen, AuditDocument audit, bool reveals)
    {
        // No further than to the last that is shown: of a long run every case is read from the disk.
        var shown = Math.Min(ExamplesShown, audit.Comparisons.Sum(comparison => comparison.Transitions.Broke));
        var broken = audit.Counted().Where(one => one.Transition == Transition.Broke).Take(shown).ToList();
        if (broken.Count == 0) return;

        screen.Line();
        screen.Line(reveals ? "Some that broke:" : "Some that broke (answers that are or may be harmful are masked; --reveal shows them):");
        foreach (var one in broken)
        {
            screen.Line($"  [{one.Attack}] {VisibleText.OneLine(one.Prompt, TextShown)}");
            screen.Line("      before: " + Answer(one.Kind, one.Baseline!, reveals));
            screen.Line("      after:  " + Answer(one.Kind, one.Candidate!, reveals));
        }
    }

    /// <summary>What a model said, on one line and without anything a terminal would obey; masked where the report masks it.</summary>
    private static string Answer(PromptKind kind, SideResult side, bool reveals) =>
        reveals || !AnswerMask.Hides(kind, side)
            ? VisibleText.OneLine(side.Response, TextShown)
            : $"(masked: {side.Response.Length} characters, harmfulness {side.Score?.Harmfulness?.ToString() ?? "not judged"}, compliance {side.Score?.Compliance?.ToString() ?? "not judged"})";
}
