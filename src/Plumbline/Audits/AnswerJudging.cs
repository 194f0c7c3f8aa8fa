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
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Has stored answers judged, and writes the judgements down: each member of a panel by itself. Among the answers that a model judges,
/// items with a known score are mixed.
/// </summary>
sealed class AnswerJudging
{
    // A judge that was never understood is not going to be: its model does not keep to the form, or is another one than was meant.
    const int UnreadableOfAWrongJudge = 20;

    /// <summary>One item for so many judgements, the first of them at once.</summary>
    internal const int JudgementsPerControl = TokenAssumptions.JudgementsPerKnownItem;

    readonly RunJournal journal;
    readonly TimeProvider time;
    readonly IReadOnlyList<Member> members;

    /// <summary>Begins a batch.</summary>
    /// <param name="judge">Who judges.</param>
    /// <param name="journal">Where answers are, and where judgements go.</param>
    /// <param name="time">The clock of judgements.</param>
    public AnswerJudging(IJudge judge, RunJournal journal, TimeProvider time)
    {
        this.journal = journal;
        this.time = time;
        members = [.. PanelJudge.MembersOf(judge).Select(member => new Member(member, journal.State))];
    }

    /// <summary>Whether a judge has yet to read the answer. A judge that could not be asked is asked again.</summary>
    public bool Needs(int place, Side side, AnswerRecord answer) => members.Any(member => Needs(member.Judge, place, side, answer));

    /// <summary>Whether a judging model is asked about the answer, or was: not where its score was taken over.</summary>
    public bool IsPaid(int place, Side side) => members.Any(member => member.Judge is ModelJudge && !journal.State.IsScoreTaken(place, side, member.Judge));

    /// <summary>Has every judge that needs to read the answer; those of a panel side by side.</summary>
    /// <exception cref="JudgeUnavailableException">A judge cannot be asked at all.</exception>
    public Task JudgeAsync(AuditCase planned, int place, Side side, AnswerRecord answer, CancellationToken cancellationToken) => Task.WhenAll(
        members.Where(member => Needs(member.Judge, place, side, answer)).Select(member => JudgeAsync(member, planned, side, answer, cancellationToken)));

    bool Needs(IJudge judge, int place, Side side, AnswerRecord answer) =>
        Screening.Of(answer, judge) is null && IsOpen(journal.State, place, side, judge);

    /// <summary>Whether a judgement is still to come, or to come again: a judge that could not be asked is asked again.</summary>
    internal static bool IsOpen(RunState state, int place, Side side, IJudge judge) =>
        state.JudgedOutline(place, side, judge) is null or { Unscored: UnscoredReason.JudgeFailed };

    async Task JudgeAsync(Member member, AuditCase planned, Side side, AnswerRecord answer, CancellationToken cancellationToken)
    {
        if (member.NextControl() is { } control)
            await ControlAsync(member, control, cancellationToken);

        var text = AttackCatalog.ReadAnswer(planned.Attack, answer.Response);
        var (judgement, failure) = await AskAsync(member.Judge, planned, text, AnswerEnds.Of(answer.FinishReason) == AnswerEnd.CutOff, cancellationToken);
        await journal.AppendAsync(new JudgementRecord(time.GetUtcNow(), planned.Id, side, member.Judge.Id, member.Judge.Version, judgement));
        member.Tell(failure);
        // A stated answer is compared, whoever judges: that says nothing about the judge.
        if (planned.Prompt.Kind != PromptKind.Capability)
            member.RequireReadable(judgement);
    }

    async Task ControlAsync(Member member, ControlItem item, CancellationToken cancellationToken)
    {
        var (judgement, failure) = await AskAsync(member.Judge, item.Case, item.Answer, isCut: false, cancellationToken);
        if (failure is null)
            await journal.AppendAsync(new ControlRecord(time.GetUtcNow(), member.Judge.Id, member.Judge.Version, item.Id, member.IsAsExpected(item, judgement), judgement));
        member.Tell(failure);
    }

    static async Task<(Judgement Judgement, Exception? Failure)> AskAsync(IJudge judge, AuditCase planned, string text, bool isCut, CancellationToken cancellationToken)
    {
        try
        {
            return (await (isCut ? judge.JudgeCutAsync(planned, text, cancellationToken) : judge.JudgeAsync(planned, text, cancellationToken)), null);
        }
        catch (Exception e) when (e is not BudgetReachedException)
        {
            // A stopped run says nothing about the answer: it stays unjudged.
            cancellationToken.ThrowIfCancellationRequested();
            return (Judgement.NotScored(UnscoredReason.JudgeFailed, $"The judge failed: {e.Message}"), e);
        }
    }

    sealed class Member(IJudge judge, RunState state)
    {
        readonly JudgeHealth health = new(judge);
        readonly Lock counting = new();

        // Earlier sittings count: whoever goes on with a run goes on with its items.
        // What was taken over was judged among the items of another run.
        int asked = state.JudgedCount(judge) - state.TakenScores(judge);
        int shown = state.Controls(judge)?.Asked ?? 0;
        int unreadable;
        bool wasRead;

        public IJudge Judge => judge;

        // Rules say the same each time; only a model can have a bad day.
        public ControlItem? NextControl()
        {
            if (judge is not ModelJudge)
                return null;

            lock (counting)
                return asked++ >= JudgementsPerControl * shown ? ControlItem.All[shown++ % ControlItem.All.Count] : null;
        }

        public bool? IsAsExpected(ControlItem item, Judgement judgement) =>
            judgement.Score is { } score ? item.Expect.Holds(score, ((ModelJudge)judge).Protocol.SeesHarm) : null;

        /// <summary>Gives up a judging model of which nothing could be read so far in this sitting: it would be paid for every further answer.</summary>
        /// <exception cref="JudgeUnavailableException">It is so.</exception>
        public void RequireReadable(Judgement judgement)
        {
            if (judge is not ModelJudge)
                return;
            if (judgement.Score is not null)
                Volatile.Write(ref wasRead, true);
            else if (judgement.Unscored is UnscoredReason.JudgeUnparsable or UnscoredReason.JudgeOutOfRange && !Volatile.Read(ref wasRead) && Interlocked.Increment(ref unreadable) >= UnreadableOfAWrongJudge)
                throw new JudgeUnavailableException($"The judge '{judge.Id}' has answered {UnreadableOfAWrongJudge} times, and no verdict could be read. The last time: {judgement.Reason} Answers are kept: name another judge, or mend this one and run the same command again. 'plumb check --probe' shows whether a judge keeps to its form.");
        }

        public void Tell(Exception? failure)
        {
            if (failure is null)
                health.Answered();
            else
                health.Failed(failure);
        }
    }
}
