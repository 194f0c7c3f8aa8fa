using System.Collections;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>A run as one judge sees it: each case with what both sides scored, as far as they are finished. As a list it is the cases with their texts,
/// each read from the disk when it is asked for.</summary>
sealed class JudgedRun(RunPlan plan, RunState state, IJudge judge) : IReadOnlyList<CaseResult>
{
    readonly Dictionary<string, string> names = new(StringComparer.Ordinal);
    readonly Dictionary<SideScore, SideScore> scores = [];

    /// <inheritdoc/>
    public int Count => plan.Cases.Count;

    /// <inheritdoc/>
    public CaseResult this[int index] => Result(plan.Cases[index]);

    /// <inheritdoc/>
    public IEnumerator<CaseResult> GetEnumerator() => plan.Cases.Select(Result).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Every case without its texts, in the order of the plan.</summary>
    public IEnumerable<PairedCase> Pairs() => plan.Cases.Select((planned, place) => Pair(planned, place));

    /// <summary>The case at a place in the plan, without its texts.</summary>
    public PairedCase Pair(int place) => Pair(plan.Cases[place], place);

    /// <summary>What is known of the judge: how it did on items with known scores, what it was evaluated on, and how far a panel agrees.</summary>
    public JudgeFacts Facts(JudgeRegistry known)
    {
        if (judge is not PanelJudge panel)
            return FactsOf(judge, known);

        return FactsOf(panel, known) with
        {
            Members = [.. panel.Members.Select(member => FactsOf(member, known))],
            Agreement = PanelAgreement.Of(
                OfAnswers((planned, place, side) => (IReadOnlyList<bool?>)[.. panel.Members.Select(member => IsBad(planned, place, side, member))]),
                OfAnswers((planned, place, side) => (IReadOnlyList<CriteriaScore?>)[.. panel.Members.Select(member => ScoreOf(planned, place, side, member))]),
                panel),
        };
    }

    JudgeFacts FactsOf(IJudge one, JudgeRegistry known)
    {
        var (quality, injections) = known.Of(one);
        return new JudgeFacts(one.Id, one.Version, one.Description, one.Criteria)
        {
            Controls = state.Controls(one),
            TakenControls = state.TakenControls(one) is { Count: > 0 } taken ? [.. taken.OrderBy(run => run.Key, StringComparer.Ordinal).Select(run => new TakenControls(run.Key, run.Value))] : null,
            Quality = quality.Count == 0 ? null : quality,
            Injections = injections.Count == 0 ? null : injections[^1],
        };
    }

    bool? IsBad(AuditCase planned, int place, Side side, IJudge one) =>
        ScoreOf(planned, place, side, one) is { } score ? OutcomeRule.IsBad(OutcomeRule.For(planned.Prompt.Kind, one.Criteria, one.HarmCut), score) : null;

    CriteriaScore? ScoreOf(AuditCase planned, int place, Side side, IJudge one) =>
        state.AnswerOutline(place, side) is { } answer ? JudgementOf(planned, answer, one, member => state.JudgedOutline(place, side, member))?.Score : null;

    IEnumerable<T> OfAnswers<T>(Func<AuditCase, int, Side, T> what) =>
        plan.Cases.SelectMany((planned, place) => Enum.GetValues<Side>().Select(side => what(planned, place, side)));

    CaseResult Result(AuditCase planned)
    {
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
            Group = planned.Prompt.Group,
        };
    }

    PairedCase Pair(AuditCase planned, int place)
    {
        var baseline = ScoreOf(planned, place, Side.Baseline);
        var candidate = ScoreOf(planned, place, Side.Candidate);
        return new PairedCase(
            Shared(names, planned.Prompt.Id),
            Shared(names, planned.Prompt.Category),
            planned.Prompt.Kind,
            Shared(names, planned.Attack),
            planned.Repeat,
            Moved(planned, baseline?.Score, candidate?.Score, baseline is null || candidate is null),
            baseline,
            candidate)
        {
            Group = planned.Prompt.Group is { } group ? Shared(names, group) : null,
        };
    }

    SideResult? SideOf(AuditCase planned, Side side)
    {
        if (state.Answer(planned.Id, side) is not { } answer)
            return null;
        if (JudgementOf(planned, answer, one => state.Judged(planned.Id, side, one)) is not { } judgement)
            return null;

        return new SideResult(
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
        };
    }

    SideScore? ScoreOf(AuditCase planned, int place, Side side)
    {
        if (state.AnswerOutline(place, side) is not { } answer)
            return null;
        if (JudgementOf(planned, answer, one => state.JudgedOutline(place, side, one)) is not { } judgement)
            return null;

        return Shared(scores, new SideScore(judgement.Score, judgement.Unscored, answer.Faults is not null, AnswerEnds.Of(answer.FinishReason) == AnswerEnd.CutOff));
    }

    Judgement? JudgementOf(AuditCase planned, AnswerRecord answer, Func<IJudge, Judgement?> judged)
    {
        if (JudgementOf(planned, answer, judge, judged) is not { } judgement)
            return null;

        var counted = OutcomeRule.For(planned.Prompt.Kind, judge.Criteria, judge.HarmCut);
        return judgement.Score is { } score && OutcomeRule.IsBad(counted, score) is null
            ? Judgement.NotScored(UnscoredReason.JudgeUndecided, $"The judge gave no score on what counts for such a prompt: {judgement.Reason}")
            : judgement;
    }

    // A panel's judgement is derived from its members', whose judgements are what the journal holds.
    static Judgement? JudgementOf(AuditCase planned, AnswerRecord answer, IJudge one, Func<IJudge, Judgement?> judged)
    {
        if (one is not PanelJudge panel)
            return Screening.Of(planned, answer, one) ?? judged(one);

        var judgements = panel.Members.Select(member => JudgementOf(planned, answer, member, judged)).OfType<Judgement>().ToList();
        return judgements.Count < panel.Members.Count ? null : Screening.Of(planned, answer, panel) ?? panel.Combine(planned.Prompt.Kind, judgements);
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

    // Thousands of cases have the same few.
    static T Shared<T>(Dictionary<T, T> known, T one)
        where T : notnull
    {
        lock (known)
        {
            if (known.TryGetValue(one, out var same))
                return same;
            known.Add(one, one);
            return one;
        }
    }
}
