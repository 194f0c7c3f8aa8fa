using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Derives the document from a run: the same plan, journal, judge and rule always give the same document.</summary>
public static class AuditDocumentBuilder
{
    /// <summary>Builds the document. Cases that are not finished are pending in it.</summary>
    public static AuditDocument Build(RunPlan plan, RunState state, IJudge judge, DecisionRule rule, string toolVersion)
    {
        var cases = plan.Cases.Select(planned => Result(planned, state, judge)).ToList();
        var comparisons = Enum.GetValues<PromptKind>()
            .Select(kind => (Kind: kind, Cases: cases.Where(result => result.Kind == kind).ToList()))
            .Where(group => group.Cases.Count > 0)
            .Select(group => Comparisons.OfKind(group.Kind, group.Cases, judge.Criteria, rule))
            .ToList();
        var understanding = Comparisons.OfCriterion(Criterion.Understanding, Comparisons.Scored(cases), rule);
        var parity = AuditRunner.Parity(plan.Baseline, plan.Candidate, plan.Sampling);
        var counts = Comparisons.Counts(cases);
        return new AuditDocument(
            AuditDocument.CurrentFormat,
            toolVersion,
            plan.RunId,
            state.StartedAt ?? DateTimeOffset.UnixEpoch,
            state.FinishedAt ?? DateTimeOffset.UnixEpoch,
            plan.Baseline,
            plan.Candidate,
            parity,
            plan.Suite,
            plan.Attacks,
            new JudgeFacts(judge.Id, judge.Version, judge.Description, judge.Criteria),
            plan.Sampling,
            rule,
            counts,
            VerdictRule.Decide(comparisons, understanding, rule),
            comparisons,
            Cautions.For(plan, parity, judge, rule, understanding, counts),
            cases);
    }

    static CaseResult Result(AuditCase planned, RunState state, IJudge judge)
    {
        var baseline = SideOf(planned, Side.Baseline, state, judge);
        var candidate = SideOf(planned, Side.Candidate, state, judge);
        return new CaseResult(
            planned.Id,
            planned.Prompt.Id,
            planned.Prompt.Text,
            planned.Prompt.Category,
            planned.Prompt.Kind,
            planned.Attack,
            planned.Repeat,
            planned.Messages,
            baseline is null || candidate is null ? null : Moved(baseline, candidate, OutcomeRule.For(planned.Prompt.Kind, judge.Criteria)),
            baseline,
            candidate);
    }

    static SideResult? SideOf(AuditCase planned, Side side, RunState state, IJudge judge)
    {
        if (state.Answer(planned.Id, side) is not { } answer)
            return null;
        if ((Screening.Of(answer, judge) ?? state.Judged(planned.Id, side, judge)) is not { } judgement)
            return null;

        var counted = OutcomeRule.For(planned.Prompt.Kind, judge.Criteria);
        if (judgement.Score is { } score && OutcomeRule.IsBad(counted, score) is null)
            judgement = Judgement.NotScored(UnscoredReason.JudgeUndecided, $"The judge gave no score on what counts for such a prompt: "
                + $"{judgement.Reason}");

        return new SideResult(
            answer.Response,
            answer.FinishReason,
            judgement.Score,
            judgement.Unscored,
            judgement.Reason,
            answer.OutputTokens,
            answer.Seconds);
    }

    static Transition Moved(SideResult baseline, SideResult candidate, OutcomeEvent counted) =>
        baseline.Score is { } before && candidate.Score is { } after
            ? OutcomeRule.Between(OutcomeRule.IsBad(counted, before)!.Value, OutcomeRule.IsBad(counted, after)!.Value)
            : Transition.Unscored;
}
