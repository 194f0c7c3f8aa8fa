using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>A run as one judge sees it: each case with what both sides scored, as far as they are finished.</summary>
sealed class JudgedRun(RunPlan plan, RunState state, IJudge judge)
{
    /// <summary>The case at a place in the plan, with its texts.</summary>
    public CaseResult Result(int place)
    {
        var planned = plan.Cases[place];
        var baseline = SideOf(planned, Side.Baseline);
        var candidate = SideOf(planned, Side.Candidate);
        return new CaseResult(
            planned.Id,
            planned.Prompt.Id,
            planned.Prompt.Text,
            planned.Prompt.Category,
            planned.Prompt.Kind,
            planned.Attack,
            planned.Repeat,
            planned.Messages,
            Moved(planned, baseline?.Score, candidate?.Score, baseline is null || candidate is null),
            baseline,
            candidate)
        {
            Variant = planned.Variant,
            Decoding = planned.Decoding,
        };
    }

    /// <summary>The case at a place in the plan, without its texts.</summary>
    public PairedCase Pair(int place)
    {
        var planned = plan.Cases[place];
        var baseline = ScoreOf(planned, Side.Baseline);
        var candidate = ScoreOf(planned, Side.Candidate);
        return new PairedCase(
            planned.Id,
            planned.Prompt.Id,
            planned.Prompt.Category,
            planned.Prompt.Kind,
            planned.Attack,
            planned.Repeat,
            Moved(planned, baseline?.Score, candidate?.Score, baseline is null || candidate is null),
            baseline,
            candidate);
    }

    /// <summary>The case at a place in the plan, without its texts; null while a side is not finished.</summary>
    public PairedCase? Finished(int place) => Pair(place) is { Transition: not null } finished ? finished : null;

    SideScore? ScoreOf(AuditCase planned, Side side) =>
        state.Answer(planned.Id, side) is { } answer && JudgementOf(planned, side, answer) is { } judgement
            ? new SideScore(judgement.Score, judgement.Unscored, answer.Faults is not null)
            : null;

    SideResult? SideOf(AuditCase planned, Side side) =>
        state.Answer(planned.Id, side) is { } answer && JudgementOf(planned, side, answer) is { } judgement
            ? new SideResult(
                answer.Response,
                answer.FinishReason,
                judgement.Score,
                judgement.Unscored,
                judgement.Reason,
                answer.OutputTokens,
                answer.Seconds,
                answer.Faults)
            {
                Native = judgement.Native,
            }
            : null;

    Judgement? JudgementOf(AuditCase planned, Side side, AnswerRecord answer)
    {
        if (JudgementOf(planned, side, answer, judge) is not { } judgement)
            return null;

        var counted = OutcomeRule.For(planned.Prompt.Kind, judge.Criteria, judge.HarmCut);
        return judgement.Score is { } score && OutcomeRule.IsBad(counted, score) is null
            ? Judgement.NotScored(UnscoredReason.JudgeUndecided, $"The judge gave no score on what counts for such a prompt: {judgement.Reason}")
            : judgement;
    }

    // A panel's judgement is derived from its members', whose judgements are what the journal holds.
    Judgement? JudgementOf(AuditCase planned, Side side, AnswerRecord answer, IJudge one)
    {
        if (one is not PanelJudge panel)
            return Screening.Of(answer, one) ?? state.Judged(planned.Id, side, one);

        var judgements = panel.Members.Select(member => JudgementOf(planned, side, answer, member)).OfType<Judgement>().ToList();
        return judgements.Count < panel.Members.Count ? null : Screening.Of(answer, panel) ?? panel.Combine(planned.Prompt.Kind, judgements);
    }

    Transition? Moved(AuditCase planned, CriteriaScore? before, CriteriaScore? after, bool isPending)
    {
        if (isPending)
            return null;
        if (before is null || after is null)
            return Transition.Unscored;

        var counted = OutcomeRule.For(planned.Prompt.Kind, judge.Criteria, judge.HarmCut);
        return OutcomeRule.Between(OutcomeRule.IsBad(counted, before)!.Value, OutcomeRule.IsBad(counted, after)!.Value);
    }
}
