using Plumbline.Audits.Labels;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Derives the document from a run: the same plan, journal, judge and rules always give the same document.</summary>
public static class AuditDocumentBuilder
{
    /// <summary>Builds the document. Cases that are not finished are pending in it. Its list of cases reads each from the run's folder when it is asked
    /// for, so a long run is never held whole.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="state">What the journal holds.</param>
    /// <param name="judge">Whose scores count.</param>
    /// <param name="rule">How to decide.</param>
    /// <param name="toolVersion">The version of Plumbline that writes the document.</param>
    /// <param name="stopping">The rule that may have stopped the run; null for none. Where it did, figures and verdict are of the cases that it
    /// was given, and no others: what happened to be finished beyond them is no random sample.</param>
    /// <param name="spending">Knows the prices; null where only tokens are stated.</param>
    /// <param name="known">What is known of how well judges agree with people; null for nothing.</param>
    public static AuditDocument Build(
        RunPlan plan,
        RunState state,
        IJudge judge,
        DecisionRule rule,
        string toolVersion,
        IStoppingRule? stopping = null,
        SpendingLedger? spending = null,
        JudgeRegistry? known = null)
    {
        var run = new JudgedRun(plan, state, judge);
        var pairs = new List<PairedCase>(run.Count);
        pairs.AddRange(run.Pairs());
        var (stopped, early) = stopping is null ? (null, null) : Stopping(plan, pairs, stopping);
        var compared = stopped?.Stopped is null ? pairs : pairs.Take(stopped.Taken).ToList();
        var comparisons = Enum.GetValues<PromptKind>()
            .Select(kind => (Kind: kind, Cases: OfKind(kind, compared)))
            .Where(group => group.Cases.Count > 0)
            .Select(group => Comparisons.OfKind(group.Kind, group.Cases, judge, rule))
            .ToList();
        var findings = VerdictRule.WithFindings(comparisons, rule, early);
        var understanding = Comparisons.OfCriterion(Criterion.Understanding, Comparisons.Scored(compared), rule);
        var attacksDraw = plan.Cases.Any(planned => planned.Decoding?.Temperature > 0);
        var parity = AuditRunner.Parity(plan.Baseline, plan.Candidate, plan.Sampling, attacksDraw);
        var counts = Comparisons.Counts(pairs);
        var isUnfinished = counts.Pending > 0 && stopped?.Stopped is null;
        var reused = ReusedAnswers.Of(plan, state, judge);
        var cut = CutAnswers.Of(pairs);
        var facts = run.Facts(known ?? JudgeRegistry.Empty);
        var labels = new LabelledCases(compared, comparisons, facts.Criteria, rule, state);
        var raters = labels.AmongRaters();
        var times = RunTimes.Of(state, facts);
        return new AuditDocument(
            AuditDocument.CurrentFormat,
            toolVersion,
            plan.RunId,
            state.StartedAt ?? DateTimeOffset.UnixEpoch,
            times.Finished ?? DateTimeOffset.UnixEpoch,
            plan.Baseline,
            plan.Candidate,
            parity,
            plan.Suite,
            plan.Attacks,
            facts,
            plan.Sampling,
            rule,
            counts,
            isUnfinished
                ? VerdictRule.Unfinished(comparisons, understanding, rule, counts, reused?.EarlierLooks ?? 0)
                : VerdictRule.Decide(comparisons, understanding, rule, early, stopping?.ErrorRate ?? 0, reused?.EarlierLooks ?? 0, countsMore: true),
            isUnfinished ? [.. comparisons.Select(comparison => comparison with { Finding = VerdictOutcome.NotEnoughEvidence })] : findings,
            [
                .. RaterAgreement.Cautions(raters),
                .. Cautions.OfJudge(facts),
                .. Cautions.OfReuse(reused),
                .. Cautions.OfCut(cut, plan.Sampling, rule),
                .. UnappliedDecoding.Doubts(attacksDraw || plan.Sampling.Temperature > 0, plan.Baseline, plan.Candidate),
                .. Cautions.For(plan, parity, judge, rule, understanding, counts, stopped, isUnfinished ? comparisons : findings),
            ],
            run,
            stopped,
            RetriedAnswers.Of(pairs, judge, rule),
            AdaptiveComparisons.Of(compared.Where(pair => pair.Kind == PromptKind.Harmful).Select(pair => (pair.PromptId, pair.Attack, pair.Transition)), rule, ClustersOf(compared)),
            (spending ?? new SpendingLedger()).Bill(RunUsage.Of(plan, state)),
            MultipleChoice.Of(plan, compared, rule, place => run[place]))
        {
            Reused = reused,
            CutOff = cut,
            Labelled = labels.ByEveryone(),
            RaterAgreement = raters,
            WorkedSeconds = Math.Round(state.Worked.TotalSeconds, 3),
            JudgedAt = times.Judged,
            LabelledAt = times.Labelled,
            PlannedRule = Cautions.OfChangedRule(plan.Rule, rule).Any() ? plan.Rule : null,
        };
    }

    static Dictionary<string, string>? ClustersOf(List<PairedCase> compared) =>
        compared.Exists(pair => pair.Group is not null) ? compared.DistinctBy(pair => pair.PromptId, StringComparer.Ordinal).ToDictionary(pair => pair.PromptId, pair => pair.Cluster, StringComparer.Ordinal) : null;

    // Most runs are of one kind, and then this is no second list.
    static List<PairedCase> OfKind(PromptKind kind, List<PairedCase> pairs) =>
        pairs.TrueForAll(pair => pair.Kind == kind) ? pairs : pairs.FindAll(pair => pair.Kind == kind);

    static (StoppingFact Fact, EarlyVerdict? Concluded) Stopping(RunPlan plan, List<PairedCase> pairs, IStoppingRule rule)
    {
        var line = StoppingLine.Over(pairs, rule);
        var hasStopped = line.Advance();
        var unanswered = pairs.Sum(pair => (pair.Baseline is null ? 1 : 0) + (pair.Candidate is null ? 1 : 0));
        var fact = new StoppingFact(rule.Description, plan.OrderSeed, line.Taken, pairs.Count, line.Stopped, hasStopped ? unanswered : 0);
        return (rule is SequentialRule sequential ? fact with { Sequential = SequentialFact.Of(pairs, line.Taken, sequential) } : fact, line.Concluded);
    }
}
