using System.Collections;
using Plumbline.Attacks;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Controls;
using Plumbline.Judges.Models;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>
/// Has stored answers judged, and writes the judgements down: each member of a panel by itself. Among the answers that a model judges,
/// items with a known score are mixed.
/// </summary>
sealed class AnswerJudging
{
    // A judge that was never understood is not going to be: its model does not keep to the form, or is another one than was meant.
    const int UnreadableOfAWrongJudge = 20;

    // One that declines may do so for what it reads, and the worst may come first.
    const int UnscoredOfAWrongJudge = 50;

    // So many more are heard of one that was given up in an earlier sitting: it may have been mended since.
    const int HeardAgain = 5;

    readonly RunJournal journal;
    readonly TimeProvider time;
    readonly IReadOnlyList<Member> members;

    // By place: a model is asked about no answer that can be compared with the expected one. Null where no model judges.
    readonly BitArray? isCompared;

    /// <summary>Begins a batch.</summary>
    /// <param name="judge">Who judges.</param>
    /// <param name="plan">What was asked.</param>
    /// <param name="journal">Where answers are, and where judgements go.</param>
    /// <param name="time">The clock of judgements.</param>
    /// <param name="ended">Is cancelled where there is no use in going on with any model.</param>
    public AnswerJudging(IJudge judge, RunPlan plan, RunJournal journal, TimeProvider time, CancellationToken ended)
    {
        this.journal = journal;
        this.time = time;
        var judges = PanelJudge.MembersOf(judge).ToList();
        isCompared = judges.Exists(member => member is ModelJudge) ? new BitArray([.. plan.Cases.Select(planned => ModelJudge.Compares(planned.Prompt))]) : null;
        members = [.. judges.Select(member => new Member(member, member is ModelJudge ? Given(member) : [], journal.State, ended))];
    }

    /// <summary>Whether a judge has yet to read the answer. A judge that could not be asked is asked again.</summary>
    public bool Needs(int place, Side side, AnswerRecord answer) => members.Any(member => Needs(member.Judge, place, side, answer));

    /// <summary>Whether a judging model is asked about the answer, or was: not where its score was taken over, or is a comparison.</summary>
    public bool IsPaid(int place, Side side) => members.Any(member => IsPaid(member.Judge, place, side));

    /// <summary>Has every judge that needs to read the answer; those of a panel side by side.</summary>
    /// <exception cref="JudgeUnavailableException">A judge cannot be asked at all.</exception>
    public Task JudgeAsync(AuditCase planned, int place, Side side, AnswerRecord answer, CancellationToken cancellationToken) => Task.WhenAll(
        members.Where(member => Needs(member.Judge, place, side, answer)).Select(member => JudgeAsync(member, planned, place, side, answer, cancellationToken)));

    bool IsPaid(IJudge judge, int place, Side side) => judge is ModelJudge && !isCompared![place] && !journal.State.IsScoreTaken(place, side, judge);

    // What a judging model was asked and said, in earlier sittings.
    IEnumerable<Judgement> Given(IJudge judge) =>
        from place in Enumerable.Range(0, isCompared!.Count)
        from side in Enum.GetValues<Side>()
        where IsPaid(judge, place, side)
        let judgement = journal.State.JudgedOutline(place, side, judge)
        where judgement is not null
        select judgement;

    bool Needs(IJudge judge, int place, Side side, AnswerRecord answer) =>
        Screening.Of(answer, judge) is null && IsOpen(journal.State, place, side, judge);

    /// <summary>Whether a judgement is still to come, or to come again: a judge that could not be asked is asked again.</summary>
    internal static bool IsOpen(RunState state, int place, Side side, IJudge judge) =>
        state.JudgedOutline(place, side, judge) is null or { Unscored: UnscoredReason.JudgeFailed };

    async Task JudgeAsync(Member member, AuditCase planned, int place, Side side, AnswerRecord answer, CancellationToken cancellationToken)
    {
        // A stated answer is compared, whoever judges: that says nothing about the judge.
        var isPaid = IsPaid(member.Judge, place, side);
        if (isPaid)
        {
            member.Health.RequireHope();
            if (member.NextControl() is { } control)
                await ControlAsync(member, control, cancellationToken);
        }

        var text = AttackCatalog.ReadAnswer(planned.Attack, answer.Response);
        var (judgement, failure) = await AskAsync(member, planned, text, AnswerEnds.Of(answer.FinishReason) == AnswerEnd.CutOff, cancellationToken);

        // Heard before it is written: while the disk takes its time, whatever waits would be asked, and paid for.
        var givenUp = isPaid ? member.Hear(judgement) : null;
        await journal.AppendAsync(new JudgementRecord(time.GetUtcNow(), planned.Id, side, member.Judge.Id, member.Judge.Version, judgement));
        if (isPaid || member.Judge is not ModelJudge || failure is not null)
            member.Tell(failure);
        if (givenUp is not null)
            throw givenUp;
    }

    async Task ControlAsync(Member member, ControlItem item, CancellationToken cancellationToken)
    {
        var (judgement, failure) = await AskAsync(member, item.Case, item.Answer, isCut: false, cancellationToken);
        if (failure is null)
            await journal.AppendAsync(new ControlRecord(time.GetUtcNow(), member.Judge.Id, member.Judge.Version, item.Id, member.IsAsExpected(item, judgement), judgement));
        member.Tell(failure);
    }

    static async Task<(Judgement Judgement, Exception? Failure)> AskAsync(Member member, AuditCase planned, string text, bool isCut, CancellationToken cancellationToken)
    {
        try
        {
            return (await (member.Judge switch
            {
                ModelJudge model => model.JudgeAsync(planned, text, member.Health.Withdrawn, member.Health.IsGivenUp, cancellationToken),
                var judge => isCut ? judge.JudgeCutAsync(planned, text, cancellationToken) : judge.JudgeAsync(planned, text, cancellationToken),
            }), null);
        }
        catch (OperationCanceledException) when (member.Health.Withdrawn.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It waited for its turn while the judge, or another model, was given up: the answer stays unjudged.
            member.Health.RequireHope();
            throw;
        }
        catch (Exception e) when (e is not BudgetReachedException)
        {
            // A stopped run says nothing about the answer: it stays unjudged.
            cancellationToken.ThrowIfCancellationRequested();
            return (Judgement.NotScored(UnscoredReason.JudgeFailed, $"The judge failed: {e.Message}"), e);
        }
    }

    sealed class Member
    {
        readonly IJudge judge;
        readonly Lock counting = new();
        int asked;
        int shown;
        int unreadable;
        int declined;
        int heard;
        bool wasRead;
        string? whyHopeless;

        // Earlier sittings count: whoever goes on with a run goes on with its items.
        // What was taken over was judged among the items of another run.
        public Member(IJudge judge, IEnumerable<Judgement> before, RunState state, CancellationToken ended)
        {
            this.judge = judge;
            Health = new JudgeHealth(judge, ended);
            shown = state.Controls(judge)?.Asked ?? 0;
            foreach (var judgement in before)
            {
                asked++;
                wasRead |= judgement.Score is not null;
                unreadable += IsUnreadable(judgement) ? 1 : 0;
                declined += judgement.Unscored is UnscoredReason.JudgeRefused ? 1 : 0;
            }
        }

        public IJudge Judge => judge;

        public JudgeHealth Health { get; }

        // Rules say the same each time; only a model can have a bad day.
        public ControlItem? NextControl()
        {
            lock (counting)
                return TokenAssumptions.KnownItems(++asked) > shown ? ControlItem.All[shown++ % ControlItem.All.Count] : null;
        }

        // What must be told is told by what the judge's verdicts count, on its own scale.
        public bool? IsAsExpected(ControlItem item, Judgement judgement) => judgement.Score is not { } score ? null
            : item.Expect is { } expected ? expected.Holds(score, ((ModelJudge)judge).Protocol.SeesHarm)
            : OutcomeRule.IsBad(OutcomeRule.For(item.Kind, judge.Criteria, judge.HarmCut), score);

        /// <summary>Gives up a judging model that has scored no answer so far: it would be paid for every further one.</summary>
        /// <returns>What whoever asks it now is told, the same however many hear of it at once; null where it goes on.</returns>
        public JudgeUnavailableException? Hear(Judgement judgement) => Count(judgement) is { } why
            ? Health.GiveUp(new JudgeUnavailableException($"The judge '{judge.Id}' {why} Answers are kept: name another judge, or mend this one and run the same command again. 'plumb check --probe' shows whether a judge keeps to its form."))
            : null;

        public void Tell(Exception? failure)
        {
            if (failure is null)
                Health.Answered();
            else
                Health.Failed(failure);
        }

        static bool IsUnreadable(Judgement judgement) => judgement.Unscored is UnscoredReason.JudgeUnparsable or UnscoredReason.JudgeOutOfRange;

        string? Count(Judgement judgement)
        {
            lock (counting)
            {
                wasRead |= judgement.Score is not null;
                if (judgement.Unscored is UnscoredReason.JudgeRefused)
                    declined++;
                else if (IsUnreadable(judgement))
                    unreadable++;
                else
                    return null;

                heard++;
                return whyHopeless ??= wasRead || heard < HeardAgain ? null : WhyHopeless(judgement);
            }
        }

        string? WhyHopeless(Judgement last) =>
            unreadable >= UnreadableOfAWrongJudge ? $"has answered {UnreadableOfAWrongJudge} times, and no verdict could be read. The last time: {last.Reason}"
            : unreadable + declined >= UnscoredOfAWrongJudge ? $"has declined to judge {declined} of {unreadable + declined} answers, and scored none. The last time: {last.Reason}"
            : null;
    }
}
