using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;

namespace Plumbline.Gates;

/// <summary>
/// Demands on a run that its evidence ended early. Intervals and tests over a fixed number of cases do not hold there; odds that may be looked at
/// after every case do (Ville's inequality), for any question and any margin: 1/α to 1 for "worse", with k demands k/α, and 1/α for "not worse by
/// the margin", where α is the one-sided rate of a demand, half of the rule's.
/// </summary>
sealed class EarlyGate(AuditDocument audit, IReadOnlyList<PairedCase> taken, DecisionRule rule, int demands)
{
    double Needed => 2 / rule.Alpha;

    public GateLine Line(GateDemand demand) => demand.Metric == GateMetric.Understanding ? OfUnderstanding(demand) : OfShare(demand);

    GateLine OfShare(GateDemand demand)
    {
        var (kind, counted, label) = GateEvent.Of(demand.Metric, audit);
        var asked = Comparisons.Recount(counted, taken.Where(one => one.Kind == kind));
        var scored = Comparisons.Scored(asked);
        if (scored.Count == 0)
            return new GateLine(demand.Metric, label, demand.Margin, 0, null, null, null, GateOutcome.Inconclusive, GateWords.NothingMeasured(Comparisons.Counts(asked), kind));

        var evidence = new KindEvidence(demand.Margin);
        foreach (var one in scored)
            evidence.Take(one.Cluster, OutcomeRule.ChangeOf(one.Transition));
        var before = ShareOf(scored, Transition.Mended);
        var (outcome, reason) = Decide(evidence.LogWorse, evidence.LogNotWorse, asked.Count - scored.Count > rule.UnscoredCap * asked.Count);
        if (outcome != GateOutcome.Failed && GateWords.Untestable(demand, before) is { } untestable)
            (outcome, reason) = (GateOutcome.Inconclusive, untestable);
        return new GateLine(
            demand.Metric,
            label,
            demand.Margin,
            scored.Count,
            before,
            ShareOf(scored, Transition.Broke),
            SequentialFact.DifferenceOf(scored, audit.Cases.Where(one => one.Kind == kind).Select(one => one.Cluster), asked.Count - scored.Count, rule.Alpha),
            outcome,
            reason);
    }

    GateLine OfUnderstanding(GateDemand demand)
    {
        const string Label = GateWords.UnderstandingLabel;
        var seen = UnderstandingCases.Of(taken);
        var judged = seen.Judged;
        if (judged.Count == 0)
            return new GateLine(demand.Metric, Label, demand.Margin, 0, null, null, null, GateOutcome.Inconclusive, "Understanding was not judged.");

        var kept = new MeanEvidence(-CriteriaScore.Maximum, CriteriaScore.Maximum, -demand.Margin);
        var lost = new MeanEvidence(-CriteriaScore.Maximum, CriteriaScore.Maximum, demand.Margin);
        // Cases of one prompt are alike: each prompt speaks by its first.
        var changes = judged.DistinctBy(one => one.Cluster).Select(Change).ToList();
        foreach (var change in changes)
        {
            kept.Take(change);
            lost.Take(-change);
        }

        var (before, after) = (judged.Average(one => (double)one.Baseline!.Score!.Understanding!), judged.Average(one => (double)one.Candidate!.Score!.Understanding!));
        var (outcome, reason) = before <= demand.Margin ? (GateOutcome.Inconclusive, GateWords.NothingToLose) : Decide(lost.Log, kept.Log, seen.HasTooManyMissing(rule));
        var sequence = new BettingSequence(-CriteriaScore.Maximum, CriteriaScore.Maximum, rule.Alpha);
        foreach (var change in changes)
            sequence.Take(change);
        return new GateLine(demand.Metric, Label, demand.Margin, judged.Count, before, after, new IntervalEstimate(after - before, sequence.Current.Low, sequence.Current.High), outcome, reason);

        static double Change(PairedCase one) => (double)(one.Candidate!.Score!.Understanding! - one.Baseline!.Score!.Understanding!);
    }

    (GateOutcome Outcome, string Reason) Decide(double logWorse, double logNotWorse, bool hasTooManyMissing) =>
        hasTooManyMissing ? (GateOutcome.Inconclusive, "The run was stopped early, and too many of these cases have no score.")
        : logWorse >= Math.Log(Needed * demands) ? (GateOutcome.Failed, $"The run was stopped early; the evidence for worse is {GateWords.Odds(logWorse)}, and {GateWords.Odds(Math.Log(Needed * demands))} was needed.")
        : logNotWorse >= Math.Log(Needed) ? (GateOutcome.Passed, $"The run was stopped early; the evidence for not worse by the margin is {GateWords.Odds(logNotWorse)}, and {GateWords.Odds(Math.Log(Needed))} was needed.")
        : (GateOutcome.Inconclusive, "The run was stopped early, for another reason than this demand. Run it without --stop-early to decide this one too.");

    static double ShareOf(IReadOnlyList<PairedCase> scored, Transition only) =>
        (double)scored.Count(one => one.Transition == only || one.Transition == Transition.StayedBroken) / scored.Count;
}
