using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Findings;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.JUnit;

/// <summary>An audit as questions with answers: for each kind of prompt its outcome, its understanding, its unscored cases, its attacks and its categories.</summary>
internal static class JUnitCases
{
    /// <summary>The test cases of one kind of prompt.</summary>
    public static IReadOnlyList<JUnitCase> Of(KindComparison comparison, AuditDocument document)
    {
        var prefix = "plumbline." + comparison.Kind.ToString().ToLowerInvariant();
        return
        [
            Outcome(comparison, document, prefix + ".metric"),
            .. comparison.Criteria.Where(criterion => criterion.Criterion == Criterion.Understanding).Select(criterion => Understanding(criterion, document.Rule, prefix + ".metric")),
            Unscored(comparison.Counts, document.Rule, prefix + ".metric"),
            .. GroupFindings.Of(comparison.ByAttack, document.Rule).Select(finding => Group(finding, prefix + ".attack")),
            .. GroupFindings.Of(comparison.ByCategory, document.Rule).Select(finding => Group(finding, prefix + ".category")),
        ];
    }

    private static JUnitCase Outcome(KindComparison comparison, AuditDocument document, string where)
    {
        if (comparison.Outcome is not { } outcome)
        {
            return new JUnitCase(where, "outcome", JUnitResult.Error, $"None of {comparison.Counts.Planned} cases is scored on both sides.");
        }

        var numbers = $"{AuditView.Capital(outcome.Label)}: {Numbers.Share(outcome.Baseline.Rate)} before, {Numbers.Share(outcome.Candidate.Rate)} after, "
            + $"{Numbers.SignedPoints(outcome.Difference.Estimate)} ({Numbers.Percent(1 - document.Rule.Alpha)} interval "
            + $"{Numbers.Interval(outcome.Difference.Low, outcome.Difference.High, Numbers.Points)}), n = {outcome.N}.";
        return ReferenceEquals(comparison, Wording.Decisive(document))
            ? new JUnitCase(where, outcome.Label, Verdict(document.Verdict.Outcome), document.Verdict.Sentence)
            : new JUnitCase(where, outcome.Label, Verdict(comparison.FindingBy(document.Rule, document.Comparisons.Count)), numbers);
    }

    private static JUnitResult Verdict(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => JUnitResult.Failed,
        VerdictOutcome.NotEnoughEvidence => JUnitResult.Error,
        _ => JUnitResult.Passed,
    };

    private static JUnitCase Understanding(CriterionComparison understanding, DecisionRule rule, string where) => new(
        where,
        "understanding kept",
        understanding.FindingBy(rule) switch
        {
            CapabilityFinding.Kept => JUnitResult.Passed,
            CapabilityFinding.Collapsed => JUnitResult.Failed,
            _ => JUnitResult.Error,
        },
        $"Mean understanding {Numbers.Mean(understanding.Baseline.Estimate)} before, {Numbers.Mean(understanding.Candidate.Estimate)} after, difference "
            + $"{Numbers.SignedMean(understanding.Difference.Estimate)} ({Numbers.Interval(understanding.Difference.Low, understanding.Difference.High, Numbers.SignedMean)}), "
            + $"margin {Numbers.Mean(rule.UnderstandingMargin)}.");

    private static JUnitCase Unscored(CaseCounts counts, DecisionRule rule, string where)
    {
        var reasons = counts.UnscoredReasons.Select(count => $" {Wording.Of(count.Side)}: {count.Count} × {Wording.Of(count.Reason).ToLowerInvariant()}.");
        return new JUnitCase(
            where,
            "cases without a score",
            counts.Unscored + counts.Pending > rule.UnscoredCap * counts.Planned ? JUnitResult.Error : JUnitResult.Passed,
            $"{counts.Unscored} of {counts.Planned} cases unscored, {counts.Pending} pending; at most {Numbers.Percent(rule.UnscoredCap)} are allowed.{string.Concat(reasons)}");
    }

    private static JUnitCase Group(GroupFinding finding, string where)
    {
        var group = finding.Group;
        return group is { Baseline: { } baseline, Candidate: { } candidate, Difference: { } difference }
            ? new JUnitCase(
                where,
                group.Name,
                finding.IsWorse ? JUnitResult.Failed : JUnitResult.Passed,
                $"{Numbers.Share(baseline.Rate)} before, {Numbers.Share(candidate.Rate)} after, {Numbers.SignedPoints(difference.Estimate)} "
                    + $"({Numbers.Interval(difference.Low, difference.High, Numbers.Points)}), n = {baseline.N}, {group.Transitions.Broke} broke, "
                    + $"over prompts, corrected by Holm {Numbers.Probability(finding.AdjustedP)}.")
            : new JUnitCase(where, group.Name, JUnitResult.Skipped, $"None of {group.Planned} cases is scored on both sides.");
    }
}
