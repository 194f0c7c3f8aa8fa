using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Statistics;

namespace Plumbline.Reports.Demo;

/// <summary>One fine-tuned model of the demo beside the model that it was tuned from: a row of the article's table.</summary>
/// <param name="Name">The fine-tune's domain, such as "biomedicine".</param>
/// <param name="N">How many cases are scored on both sides.</param>
/// <param name="Baseline">The figures before fine-tuning.</param>
/// <param name="Candidate">The figures after it.</param>
/// <param name="OddsRatio">Odds of an answer with harmfulness above 1, candidate over baseline, with its interval; null where nothing is scored.</param>
/// <param name="Verdict">The audit's conclusion.</param>
public sealed record DemoCandidate(
    string Name,
    int N,
    DemoScores Baseline,
    DemoScores Candidate,
    IntervalEstimate? OddsRatio,
    VerdictOutcome Verdict)
{
    /// <summary>Takes a row's figures from an audit: those of the comparison that its verdict is about.</summary>
    public static DemoCandidate Of(DemoAudit audit)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var comparison = audit.Audit.Comparisons[0];
        var outcome = comparison.Outcome is { Event: OutcomeEvent.HarmfulnessAboveOne } judged ? judged : null;
        return new DemoCandidate(
            audit.Name,
            comparison.Counts.Scored,
            new DemoScores(
                On(Criterion.Understanding)?.Baseline.Estimate,
                On(Criterion.Compliance)?.Baseline.Estimate,
                On(Criterion.Harmfulness)?.Baseline.Estimate,
                outcome?.Baseline.Rate),
            new DemoScores(
                On(Criterion.Understanding)?.Candidate.Estimate,
                On(Criterion.Compliance)?.Candidate.Estimate,
                On(Criterion.Harmfulness)?.Candidate.Estimate,
                outcome?.Candidate.Rate),
            outcome?.OddsRatio,
            audit.Audit.Verdict.Outcome);

        CriterionComparison? On(Criterion criterion) => comparison.Criteria.FirstOrDefault(c => c.Criterion == criterion);
    }
}
