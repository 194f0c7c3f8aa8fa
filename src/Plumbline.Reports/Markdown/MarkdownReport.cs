using System.Globalization;
using System.Text;
using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Findings;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Markdown;

/// <summary>
/// An audit as a pull-request comment: the verdict first, figures with their intervals, what changed, what to be careful about, and the rest folded away.
/// It holds no answer of a model. However large the audit is, it stays within GitHub's 65,536 characters for a comment.
/// </summary>
internal static class MarkdownReport
{
    /// <summary>The comment's first line: by it a workflow finds the comment that it wrote before.</summary>
    public const string Marker = "<!-- plumbline:audit -->";

    /// <summary>What is folded away and would lead beyond this is left out, with a line that says so; GitHub takes 65,536 characters.</summary>
    private const int MostCharacters = 62_000;

    private const int CautionsShown = 12;
    private const int GroupsShown = 30;
    private const int CasesShown = 25;
    private const int NameLength = 60;
    private const int RatersShown = 5;

    /// <summary>The text, each line ended by a line feed.</summary>
    public static string Write(AuditDocument document, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var primary = Wording.Decisive(document);
        Line(Marker);
        Line($"## {Sign(document.Verdict.Outcome)} {Wording.Of(document.Verdict.Outcome)}");
        Line();
        Line($"**{MarkdownText.Prose(Wording.Headline(document), 400)}**");
        Line();
        Line(MarkdownText.Prose(document.Verdict.Sentence));
        Line();
        foreach (var doubt in document.Judge.Doubts().Take(RatersShown))
        {
            Line("**Warning:** " + MarkdownText.Prose(doubt, 600));
            Line();
        }

        // Each with a limit of its own: however many pairs disagree, what the labels come to is told.
        var doubted = LabelWords.Doubts(document).Take(RatersShown).ToList();
        foreach (var sentence in doubted.Concat(LabelWords.Figures(document).Take(RatersShown)))
        {
            Line(MarkdownText.Prose(sentence, 600));
            Line();
        }

        Line($"Baseline {MarkdownText.Code(document.Baseline.Shown, 120)}, candidate {MarkdownText.Code(document.Candidate.Shown, 120)}, suite "
            + $"{MarkdownText.Code(document.Suite.Name, 120)}, judge {MarkdownText.Code(document.Judge.Id, 60)}.");
        Between();
        foreach (var comparison in document.Comparisons.OrderByDescending(comparison => ReferenceEquals(comparison, primary)))
        {
            Kind(comparison);
        }

        if (document.Comparisons.Any(comparison => comparison.Outcome is { IsTooFew: false }))
        {
            Line();
            Line(RatioWords.Meaning);
        }

        Cautions();
        Folded("How it was decided", [.. document.Verdict.Reasons.Append(document.Verdict.ErrorRate).Select(reason => "- " + MarkdownText.Prose(reason))]);
        Folded("By attack", GroupRows("Attack", GroupFindings.OfAttacks(primary, document)));
        Folded("By category", GroupRows("Category", GroupFindings.OfCategories(primary, document)));
        Broken();
        Folded("What people's labels say", Labels());
        Folded("How good the judge is", Trust());
        Folded("Run identity", Identity());
        return text.ToString();

        void Line(string line = "") => text.Append(line).Append('\n');

        void Folded(string title, IReadOnlyList<string> lines)
        {
            if (lines.Count == 0)
            {
                return;
            }

            Line();
            if (text.Length + lines.Sum(line => line.Length + 1) > MostCharacters)
            {
                Line($"{title}: left out here, because it is too long for a comment; the report has it.");
                return;
            }

            Line($"<details><summary>{title}</summary>");
            Line();
            foreach (var line in lines)
            {
                Line(line);
            }

            Line();
            Line("</details>");
        }

        void Between()
        {
            if (document.Between is not { } between)
            {
                return;
            }

            Line();
            Line("### The two runs");
            Line();
            Line("“Baseline” is the candidate of the first run, “candidate” that of the second; compared are the cases that both asked.");
            Line();
            Line("| | First | Second |");
            Line("| --- | --- | --- |");
            Line($"| Run | {MarkdownText.Code(between.First.Name, NameLength)} | {MarkdownText.Code(between.Second.Name, NameLength)} |");
            Line($"| Candidate | {MarkdownText.Code(between.First.Candidate.Shown, NameLength)} | {MarkdownText.Code(between.Second.Candidate.Shown, NameLength)} |");
            Line($"| Its own verdict | {Wording.Of(between.First.Verdict.Outcome)} | {Wording.Of(between.Second.Verdict.Outcome)} |");
            Line($"| Cases asked by it alone | {Count(between.OnlyFirst)} | {Count(between.OnlySecond)} |");
            foreach (var difference in between.Differences)
            {
                Line($"| {MarkdownText.Prose(AuditView.Capital(difference.Name))} | {MarkdownText.Code(difference.First, 80)} | {MarkdownText.Code(difference.Second, 80)} |");
            }
        }

        void Kind(KindComparison comparison)
        {
            var counts = comparison.Counts;
            Line();
            Line($"### {Wording.Of(comparison.Kind)}");
            Line();
            Line($"{Count(counts.Scored)} of {Count(counts.Planned)} cases scored on both sides, {Count(counts.Unscored)} unscored, {Count(counts.Pending)} pending. "
                + "An unscored case counts neither as safe nor as harmful.");
            if (comparison.Criteria.Count == 0 && comparison.Outcome is null)
            {
                return;
            }

            Line();
            Line($"| Measure | n | Baseline | Candidate | Difference ({Numbers.Percent(1 - document.Rule.Alpha)} interval) |");
            Line("| --- | ---: | ---: | ---: | ---: |");
            if (comparison.Outcome is { } outcome)
            {
                Line($"| {MarkdownText.Prose(AuditView.Capital(outcome.Label))} | {Count(outcome.N)} | {Numbers.Share(outcome.Baseline.Rate)} ({Count(outcome.Baseline.Count)}) | "
                    + $"{Numbers.Share(outcome.Candidate.Rate)} ({Count(outcome.Candidate.Count)}) | {Numbers.SignedPoints(outcome.Difference.Estimate)} "
                    + $"({(outcome.IsTooFew ? Wording.TooFew : Numbers.Interval(outcome.Difference.Low, outcome.Difference.High, Numbers.Points))}) |");
            }

            foreach (var row in comparison.Criteria)
            {
                Line($"| {Wording.Of(row.Criterion)}, mean of 0–4 | {Count(row.N)} | {Numbers.Mean(row.Baseline.Estimate)} | {Numbers.Mean(row.Candidate.Estimate)} | "
                    + $"{Numbers.SignedMean(row.Difference.Estimate)} ({(comparison.Outcome is { IsTooFew: true } ? Wording.TooFew : Numbers.Interval(row.Difference.Low, row.Difference.High, Numbers.SignedMean))}) |");
            }

            Line();
            Line(Changed(comparison, document.Rule));
        }

        void Cautions()
        {
            var cautions = document.Cautions.Except(doubted, StringComparer.Ordinal).ToList();
            if (cautions.Count == 0)
            {
                return;
            }

            Line();
            Line("### Before you use the numbers");
            Line();
            foreach (var caution in cautions.Take(CautionsShown))
            {
                Line("- " + MarkdownText.Prose(caution, 300));
            }

            if (cautions.Count > CautionsShown)
            {
                Line($"- {Count(cautions.Count - CautionsShown)} more, in the report.");
            }
        }

        void Broken()
        {
            var broken = 0;
            var rows = new List<string> { "| Case | Category | Attack | Request | Scores before → after |", "| --- | --- | --- | --- | --- |" };
            foreach (var one in document.Counted())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (one.Transition != Transition.Broke || ++broken > CasesShown)
                {
                    continue;
                }

                rows.Add($"| {MarkdownText.Code(one.Id, 16)} | {MarkdownText.Code(one.Category, 40)} | {MarkdownText.Code(one.Attack, 40)} | "
                    + $"{MarkdownText.Code(one.Prompt, 100)} | {Scores(one.Baseline)} → {Scores(one.Candidate)} |");
            }

            if (broken > CasesShown)
            {
                rows.Add("");
                rows.Add($"{Count(broken - CasesShown)} further cases broke; the report and `audit.json` list them.");
            }

            if (broken > 0)
            {
                Folded($"{Count(broken)} {(broken == 1 ? "case" : "cases")} that broke (no answer is shown here)", rows);
            }
        }

        IReadOnlyList<string> GroupRows(string title, IReadOnlyList<GroupFinding> groups)
        {
            if (groups.Count == 0)
            {
                return [];
            }

            var shown = groups
                .OrderByDescending(finding => finding.Group.Difference?.Estimate ?? double.NegativeInfinity)
                .Take(GroupsShown)
                .Select(finding => GroupRow(finding));
            string[] head = [$"| {title} | n | Baseline | Candidate | Difference, points ({Numbers.Percent(1 - document.Rule.Alpha)} interval) | Broke | p, corrected |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"];
            return
            [
                .. head, .. shown, "",
                (groups.Count > GroupsShown ? $"The {GroupsShown} most affected of {Count(groups.Count)}. " : "")
                    + "p by the exact test over prompts, corrected for the number of rows (Holm). For finding where to look, not for deciding."
                    + (GroupFindings.IsEarly(document) ? " The run was stopped early, for which p is too small: what is called worse here is so by evidence that holds whenever a run is stopped (e-BH over categories)." : ""),
            ];
        }

        IReadOnlyList<string> Labels() => document.Labelled is not { Count: > 0 } labelled ? [] :
        [
            "| Who, and what counts | Labelled | Agree | Judge alone | People alone | Judge, corrected by people | Weight of the judge |", "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
            .. from theirs in labelled.Take(RatersShown)
               from one in theirs.Comparisons
               let difference = one.Difference
               where difference is not null
               select $"| {MarkdownText.Code(theirs.Rater, NameLength)}: {MarkdownText.Prose(one.Event, 120)} | {Count(one.Labelled)} | {Numbers.Share(one.Agreement)} | "
                   + $"{(one.Judge is { } judge ? LabelWords.WithInterval(judge) : Numbers.SignedPoints(difference.JudgeOnly))} | {LabelWords.WithInterval(difference.HumanOnly)} | "
                   + $"{(one.LooksChosen ? "not shown: no random draw" : LabelWords.WithInterval(difference.Mean))} | {Numbers.Mean(difference.Weight)} |",
            "",
            LabelWords.Condition,
            .. (document.RaterAgreement ?? []).OrderBy(pair => pair.Kappa ?? double.PositiveInfinity).Take(RatersShown).Select(pair => "- " + MarkdownText.Prose(LabelWords.Sentence(pair), 400)),
            .. document.RaterAgreement is { Count: > RatersShown } pairs ? [$"- {Count(pairs.Count - RatersShown)} further of such pairs agree better: the report has them."] : Array.Empty<string>(),
            .. labelled.Take(RatersShown).SelectMany(by => by.Comparisons).Select(one => one.Caution).OfType<string>().Distinct(StringComparer.Ordinal).Select(caution => "- " + MarkdownText.Prose(caution, 400)),
        ];

        IReadOnlyList<string> Trust() =>
        [
            .. from judge in new[] { document.Judge }.Concat(document.Judge.Members ?? [])
               from one in judge.Quality ?? []
               select $"- {MarkdownText.Code(one.Judge, 60)} against people on {MarkdownText.Code(one.Set, 60)} ({one.Question.ToString().ToLowerInvariant()}, n = {Count(one.Confusion.N)}): accuracy "
                   + $"{(one.Accuracy is { } accuracy ? $"{Numbers.Share(accuracy.Estimate)} ({Numbers.Interval(accuracy.Low, accuracy.High, Numbers.Share)})" : "–")}, kappa "
                   + $"{(one.Kappa is { } kappa ? $"{Numbers.Mean(kappa.Estimate)} ({Numbers.Interval(kappa.Low, kappa.High, Numbers.Mean)})" : "–")}",
            .. from judge in new[] { document.Judge }.Concat(document.Judge.Members ?? [])
               where judge.Injections is not null
               select $"- {MarkdownText.Code(judge.Id, 60)} against {Count(judge.Injections!.Tried)} injections: {Count(judge.Injections.Turned)} turned its verdict, {Count(judge.Injections.Unscored)} left it without one",
            .. from judge in new[] { document.Judge }.Concat(document.Judge.Members ?? [])
               where judge.Controls is not null
               select $"- {MarkdownText.Code(judge.Id, 60)} on {Count(judge.Controls!.Asked)} items with a known score: {Count(judge.Controls.AsExpected)} scored as they must be"
                   + (judge.Controls.Harmful is { } harmful ? $"; of {Count(harmful.Asked)} that are harmful beyond doubt, {Count(harmful.Told)} told" : ""),
        ];

        IReadOnlyList<string> Identity() =>
        [
            $"- Run {MarkdownText.Code(document.RunId, 64)}, Plumbline {MarkdownText.Code(document.ToolVersion, 40)}, {document.FinishedAt.UtcDateTime:yyyy-MM-dd HH:mm}{TimeWords.After(document, "yyyy-MM-dd HH:mm")} UTC",
            $"- Baseline {Model(document.Baseline)}",
            $"- Candidate {Model(document.Candidate)}",
            $"- Suite {MarkdownText.Code(document.Suite.Name, 120)}, version {MarkdownText.Code(document.Suite.Version, 120)}, {MarkdownText.Code(document.Suite.Hash, 64)}",
            $"- Judge {MarkdownText.Code(document.Judge.Id, 60)}, version {MarkdownText.Code(document.Judge.Version, 60)}",
            string.Create(CultureInfo.InvariantCulture, $"- Temperature {document.Sampling.Temperature}, at most {document.Sampling.MaxOutputTokens} tokens, seed {document.Sampling.Seed}, ")
                + string.Create(CultureInfo.InvariantCulture, $"repeats {document.Sampling.Repeats}, margin {Numbers.PlainPoints(document.Rule.Margin)}, alpha {document.Rule.Alpha}"),
        ];
    }

    private static string Sign(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => "❌",
        VerdictOutcome.Held or VerdictOutcome.Improved => "✅",
        _ => "❔",
    };

    private static string Model(ModelFacts model) =>
        (model.DisplayName is null ? "" : MarkdownText.Code(model.Name, 120) + ", ") + MarkdownText.Code(model.Identity, 120);

    private static string Changed(KindComparison comparison, DecisionRule rule)
    {
        var moved = comparison.Transitions;
        var tests = comparison.Outcome is { IsTooFew: false } outcome
            ? $" Paired odds ratio {Worded(RatioWords.Paired(outcome, rule))}, unpaired {Worded(Numbers.Ratio(outcome.OddsRatio))}, exact McNemar {Numbers.Probability(outcome.McNemarP).Replace("<", "&lt;", StringComparison.Ordinal)}."
            : "";
        return $"**What changed:** {Count(moved.Broke)} broke, {Count(moved.Mended)} mended, {Count(moved.StayedBroken)} stayed broken, {Count(moved.Held)} held.{tests}";

        static string Worded((string Estimate, string Interval) ratio) => $"{ratio.Estimate} ({ratio.Interval})";
    }

    private static string GroupRow(GroupFinding finding)
    {
        var group = finding.Group;
        var name = MarkdownText.Code(group.Name, NameLength);
        return group is { Baseline: { } baseline, Candidate: { } candidate, Difference: { } difference }
            ? $"| {name} | {Count(baseline.N)} | {Numbers.Share(baseline.Rate)} | {Numbers.Share(candidate.Rate)} | {Numbers.Points(difference.Estimate)} "
                + $"({Numbers.Interval(difference.Low, difference.High, Numbers.Points)}) | {Count(group.Transitions.Broke)} | {(finding.IsWorse == true ? "**worse**, " : "")}{P(finding.AdjustedP)} |"
            : $"| {name} | 0 | – | – | none of {Count(group.Planned)} scored | – | – |";
    }

    private static string P(double value) => value < 0.001 ? "&lt; 0.001" : value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Harmfulness, compliance and understanding, as far as they were judged.</summary>
    private static string Scores(SideResult? side) => side?.Score is not { } score
        ? "–"
        : string.Join(' ', new[] { ("H", Criterion.Harmfulness), ("C", Criterion.Compliance), ("U", Criterion.Understanding) }
            .Where(pair => score.On(pair.Item2) is not null)
            .Select(pair => pair.Item1 + score.On(pair.Item2)!.Value.ToString(CultureInfo.InvariantCulture)));

    private static string Count(int value) => Numbers.Thousands(value);
}
