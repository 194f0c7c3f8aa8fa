using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Findings;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.JUnit;

/// <summary>An audit as questions with answers: for each kind of prompt its outcome, its understanding, its unscored cases, its attacks and its categories.</summary>
internal static class JUnitCases
{
    private const string UnderstandingKept = "understanding kept";
    private const string OnePrompt = "One prompt of this kind is scored: too few to decide anything.";

    /// <summary>The test cases of one kind of prompt.</summary>
    public static IReadOnlyList<JUnitCase> Of(KindComparison comparison, AuditDocument document)
    {
        var prefix = "plumbline." + comparison.Kind.ToString().ToLowerInvariant();
        return
        [
            Outcome(comparison, document, prefix + ".metric"),
            .. comparison.Criteria.Where(criterion => criterion.Criterion == Criterion.Understanding).Select(criterion => IsTooFew(comparison, document)
                ? new JUnitCase(prefix + ".metric", UnderstandingKept, JUnitResult.Skipped, OnePrompt)
                : Understanding(criterion, document, prefix + ".metric")),
            Unscored(comparison.Counts, document.Rule, prefix + ".metric"),
            .. GroupFindings.OfAttacks(comparison, document).Select(finding => Group(finding, document, prefix + ".attack")),
            .. GroupFindings.OfCategories(comparison, document).Select(finding => Group(finding, document, prefix + ".category")),
        ];
    }

    private static JUnitCase Outcome(KindComparison comparison, AuditDocument document, string where)
    {
        if (comparison.Outcome is not { } outcome)
        {
            return new JUnitCase(where, "outcome", JUnitResult.Error, $"None of {Numbers.Thousands(comparison.Counts.Planned)} cases is scored on both sides.") { Notes = Notes(comparison, document) };
        }

        if (IsTooFew(comparison, document))
        {
            return new JUnitCase(where, outcome.Label, JUnitResult.Skipped, OnePrompt);
        }

        var numbers = $"{AuditView.Capital(outcome.Label)}: {Numbers.Share(outcome.Baseline.Rate)} before, {Numbers.Share(outcome.Candidate.Rate)} after, "
            + $"{Numbers.SignedPoints(outcome.Difference.Estimate)} ({Numbers.Percent(1 - document.Rule.Alpha)} interval "
            + $"{Numbers.Interval(outcome.Difference.Low, outcome.Difference.High, Numbers.Points)}), n = {Numbers.Thousands(outcome.N)}.";
        return new JUnitCase(where, outcome.Label, Verdict(KindFinding.Of(comparison, document)), IsDecisive(comparison, document) ? document.Verdict.Sentence : numbers)
        {
            Notes = Notes(comparison, document),
        };
    }

    /// <summary>Whoever reads the verdict reads what it is to be read with.</summary>
    private static IReadOnlyList<string> Notes(KindComparison comparison, AuditDocument document) => !IsDecisive(comparison, document) ? [] :
    [
        .. document.Judge.Doubts().Select(doubt => "Warning: " + doubt),
        .. document.Cautions.Select(caution => "Caution: " + caution),
    ];

    private static bool IsDecisive(KindComparison comparison, AuditDocument document) => ReferenceEquals(comparison, Wording.Decisive(document));

    /// <summary>One prompt beside others decides nothing, and is no fault of the audit. What the verdict itself is about is never passed over.</summary>
    private static bool IsTooFew(KindComparison comparison, AuditDocument document) =>
        comparison.Outcome is { IsTooFew: true } && !IsDecisive(comparison, document);

    private static JUnitResult Verdict(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => JUnitResult.Failed,
        VerdictOutcome.NotEnoughEvidence => JUnitResult.Error,
        _ => JUnitResult.Passed,
    };

    private static JUnitCase Understanding(CriterionComparison understanding, AuditDocument document, string where) => new(
        where,
        UnderstandingKept,
        (understanding.FindingBy(document.Rule), GroupFindings.IsEarly(document)) switch
        {
            _ when !document.HasEnded => JUnitResult.Error,
            (CapabilityFinding.Kept, false) => JUnitResult.Passed,
            (CapabilityFinding.Collapsed, false) => JUnitResult.Failed,
            // Nobody stops early for held but with evidence, over all kinds, that understanding was kept too.
            (not CapabilityFinding.NothingToLose, true) when document.Verdict.Outcome == VerdictOutcome.Held => JUnitResult.Passed,
            _ => JUnitResult.Error,
        },
        $"Mean understanding {Numbers.Mean(understanding.Baseline.Estimate)} before, {Numbers.Mean(understanding.Candidate.Estimate)} after, difference "
            + $"{Numbers.SignedMean(understanding.Difference.Estimate)} ({Numbers.Interval(understanding.Difference.Low, understanding.Difference.High, Numbers.SignedMean)}), "
            + $"margin {Numbers.Mean(document.Rule.UnderstandingMargin)}."
            + (!GroupFindings.IsEarly(document) ? ""
                : document.Verdict.Outcome == VerdictOutcome.Held ? " The interval is made for a fixed number of cases; the run was stopped early, by evidence over all kinds together that understanding was kept."
                : " The interval is made for a fixed number of cases; the run was stopped early, for another reason than understanding, and does not decide this."));

    private static JUnitCase Unscored(CaseCounts counts, DecisionRule rule, string where)
    {
        var reasons = counts.UnscoredReasons.Select(count => $" {Wording.Of(count.Side)}: {Numbers.Thousands(count.Count)} × {Wording.Of(count.Reason).ToLowerInvariant()}.");
        return new JUnitCase(
            where,
            "cases without a score",
            counts.Unscored + counts.Pending > rule.UnscoredCap * counts.Planned ? JUnitResult.Error : JUnitResult.Passed,
            $"{Numbers.Thousands(counts.Unscored)} of {Numbers.Thousands(counts.Planned)} cases unscored, {Numbers.Thousands(counts.Pending)} pending; at most {Numbers.Percent(rule.UnscoredCap)} are allowed.{string.Concat(reasons)}");
    }

    private static JUnitCase Group(GroupFinding finding, AuditDocument document, string where)
    {
        var group = finding.Group;
        // Of a run that was stopped early the p-value, made for a fixed number of cases, decides nothing.
        var decided = finding.Evidence is { } odds ? $"evidence for worse {(odds >= 1e6 ? "more than a million" : Numbers.Ratio(odds))} to 1, among all categories by e-BH"
            : finding.IsWorse is null ? document.HasEnded ? "not decided by a run that was stopped early" : "not decided while cases are pending"
            : $"over prompts, corrected by Holm {Numbers.Probability(finding.AdjustedP)}";
        return group is { Baseline: { } baseline, Candidate: { } candidate, Difference: { } difference }
            ? new JUnitCase(
                where,
                group.Name,
                finding.IsWorse switch { null => JUnitResult.Skipped, true => JUnitResult.Failed, false => JUnitResult.Passed },
                $"{Numbers.Share(baseline.Rate)} before, {Numbers.Share(candidate.Rate)} after, {Numbers.SignedPoints(difference.Estimate)} "
                    + $"({Numbers.Interval(difference.Low, difference.High, Numbers.Points)}), n = {Numbers.Thousands(baseline.N)}, {Numbers.Thousands(group.Transitions.Broke)} broke, "
                    + $"{decided}.")
            : new JUnitCase(where, group.Name, JUnitResult.Skipped, $"None of {Numbers.Thousands(group.Planned)} cases is scored on both sides.");
    }
}
