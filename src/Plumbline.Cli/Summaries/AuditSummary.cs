using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Text;
using Plumbline.Statistics;
using Plumbline.Suites;

namespace Plumbline.Cli.Summaries;

/// <summary>An audit on the console: the verdict first, then what it rests on.</summary>
internal static class AuditSummary
{
    private const int ExamplesShown = 3;
    private const int TextShown = 100;

    /// <summary>What a row counts is told whole: it wraps, and its n stands at its end.</summary>
    private const int LabelLength = 200;

    /// <summary>Prints it.</summary>
    /// <param name="screen">Where.</param>
    /// <param name="audit">What.</param>
    /// <param name="reveals">Whether answers that are or may be harmful are shown.</param>
    /// <param name="told">Cautions that the user was told before: they are not told twice. Null for none.</param>
    public static void Print(Screen screen, AuditDocument audit, bool reveals, IReadOnlyList<string>? told = null)
    {
        screen.Line();
        screen.Sentence(VisibleText.OneLine(audit.Verdict.Sentence, 1000));
        foreach (var doubt in audit.Judge.Doubts()) screen.Sentence(VisibleText.OneLine(doubt, 1000), "Warning: ");
        foreach (var reason in audit.Verdict.Reasons) screen.Sentence(VisibleText.OneLine(reason, 1000), "  - ");
        screen.Sentence($"Baseline {VisibleText.OneLine(audit.Baseline.Shown, 200)}, candidate {VisibleText.OneLine(audit.Candidate.Shown, 200)}.", "  - ");

        var labels = LabelWords.OfVerdict(audit);
        foreach (var sentence in labels) screen.Sentence(VisibleText.OneLine(sentence, 1000), "  - ");

        if (audit.Stopping is { Stopped: not null } stopping)
            screen.Sentence($"Stopped after {Numbers.Thousands(stopping.Taken)} of {Numbers.Count(stopping.Planned, "case")}; {Numbers.Thousands(stopping.CallsSaved)} of {Numbers.Count(2L * stopping.Planned, "call")} saved.", "  - ");
        if (audit.Reused is { } reused)
            screen.Sentence($"{Numbers.Thousands(reused.Taken)} of {Numbers.Count(reused.Taken + reused.Asked, "answer")}{(reused.Scores > 0 ? $" and {Numbers.Count(reused.Scores, "score")}" : "")} taken over from {(reused.Runs.Count == 1 ? "an earlier run" : $"{reused.Runs.Count} earlier runs")}, {Numbers.Thousands(reused.Asked)} asked.", "  - ");

        foreach (var comparison in audit.Comparisons)
        {
            screen.Line();
            screen.Line($"{Wording.Of(comparison.Kind)}: {Numbers.Thousands(comparison.Counts.Scored)} of {Numbers.Count(comparison.Counts.Planned, "case")} scored, {Numbers.Thousands(comparison.Counts.Unscored)} unscored, {Numbers.Thousands(comparison.Counts.Pending)} pending");
            // Nothing to compare: the line above says all there is.
            if (comparison.Counts.Scored == 0) continue;

            Figures(comparison, audit.Rule).Print(screen);
            Transitions(comparison.Transitions).Print(screen);
            if (comparison.Kind == PromptKind.Harmful) PrintAdaptive(screen, audit.Adaptive ?? []);
        }

        if (audit.Comparisons.Any(comparison => comparison is { Counts.Scored: > 0, Outcome: { IsTooFew: false } }))
        {
            screen.Line();
            screen.Sentence(RatioWords.Meaning);
        }

        if (audit.MultipleChoice is { } choice)
        {
            screen.Line();
            screen.Sentence(ChoiceWords.Sentence(choice, audit.Rule));
        }

        var cautions = audit.Cautions.Except(told ?? [], StringComparer.Ordinal).Except(labels, StringComparer.Ordinal).ToList();
        if (cautions.Count > 0)
        {
            screen.Line();
            foreach (var caution in cautions) screen.Sentence(VisibleText.OneLine(caution, 1000), "Caution: ");
        }

        PrintBroken(screen, audit, reveals);
    }

    private static PlainTable Figures(KindComparison comparison, DecisionRule rule)
    {
        var table = PlainTable.Of("", "baseline", "candidate", "difference", $"{Numbers.Percent(1 - rule.Alpha)} interval");
        var isTooFew = comparison.Outcome is { IsTooFew: true };
        foreach (var row in comparison.Criteria)
            Row(Wording.Of(row.Criterion) + " (mean, 0 to 4)", row.Baseline.Estimate, row.Candidate.Estimate, row.Difference, Numbers.Mean, Numbers.SignedMean, Numbers.SignedMean);

        if (comparison.Outcome is { } outcome)
        {
            Row($"{outcome.Label} (of {Numbers.Thousands(outcome.N)})", outcome.Baseline.Rate, outcome.Candidate.Rate, outcome.Difference, Numbers.Share, Numbers.SignedPoints, Numbers.Points);
            if (isTooFew) return table;

            Ratio("Paired odds ratio (broke to mended)", RatioWords.Paired(outcome, rule));
            Ratio("Unpaired odds ratio", Numbers.Ratio(outcome.OddsRatio));
            if (outcome.RiskRatio is { } risk) Ratio("Risk ratio (paired)", Numbers.Ratio(risk));
            table.AddRow("McNemar test, exact and mid-p", "", "", Numbers.Probability(outcome.McNemarP), outcome.McNemarMidP is { } mid ? Numbers.Probability(mid) : "");
        }

        return table;

        void Ratio(string name, (string Estimate, string Interval) ratio) => table.AddRow(name, "", "", ratio.Estimate, ratio.Interval);

        void Row(string name, double baseline, double candidate, IntervalEstimate difference, Func<double, string> level, Func<double, string> change, Func<double, string> bound) => table.AddRow(
            PlainTable.Cell(name, LabelLength), level(baseline), level(candidate), change(difference.Estimate), isTooFew ? Wording.TooFew : Numbers.Interval(difference.Low, difference.High, bound));
    }

    private static PlainTable Transitions(TransitionTable transitions)
    {
        var table = PlainTable.Of("transitions", "held", "broke", "mended", "stayed broken", "unscored");
        table.AddRow("cases", Numbers.Thousands(transitions.Held), Numbers.Thousands(transitions.Broke), Numbers.Thousands(transitions.Mended), Numbers.Thousands(transitions.StayedBroken), Numbers.Thousands(transitions.Unscored));
        return table;
    }

    /// <summary>For an attacker one case that works is enough.</summary>
    private static void PrintAdaptive(Screen screen, IReadOnlyList<AdaptiveComparison> comparisons)
    {
        foreach (var any in comparisons)
        {
            var tries = any.FewestCases == any.MostCases ? $"{any.MostCases}" : $"{any.FewestCases} to {any.MostCases}";
            screen.Line(VisibleText.OneLine(
                $"Prompts that at least one of {tries} cases{(any.Name == AdaptiveComparison.OverAll ? "" : $" of {any.Name}")} broke: {Numbers.Thousands(any.Baseline.Count)} of {Numbers.Thousands(any.Prompts)} before, {Numbers.Thousands(any.Candidate.Count)} after "
                + $"({Numbers.SignedPoints(any.Difference.Estimate)}, {Numbers.Interval(any.Difference.Low, any.Difference.High, Numbers.Points)}; exact McNemar {Numbers.Probability(any.McNemarP)}).",
                1000));
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
        var severalKinds = audit.Comparisons.Count > 1;
        foreach (var one in broken)
        {
            screen.Sentence(VisibleText.OneLine(one.Prompt, TextShown), $"  [{(severalKinds ? Wording.Of(one.Kind).ToLowerInvariant() + ", " : "")}{one.Attack}] ");
            screen.Sentence(Answer(one.Kind, one.Baseline!, reveals), "      before: ");
            screen.Sentence(Answer(one.Kind, one.Candidate!, reveals), "      after:  ");
        }
    }

    /// <summary>What a model said, on one line and without anything a terminal would obey; masked where the report masks it.</summary>
    private static string Answer(PromptKind kind, SideResult side, bool reveals) =>
        reveals || !AnswerMask.Hides(kind, side)
            ? VisibleText.OneLine(side.Response, TextShown)
            : $"(masked: {side.Response.Length} characters, harmfulness {side.Score?.Harmfulness?.ToString() ?? "not judged"}, compliance {side.Score?.Compliance?.ToString() ?? "not judged"})";
}
