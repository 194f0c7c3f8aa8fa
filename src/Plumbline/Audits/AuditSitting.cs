using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>One process's work on a run: finishes cases that are not finished yet, counts, and ends it where the stopping rule says so.</summary>
sealed class AuditSitting
{
    readonly RunPlan plan;
    readonly RunJournal journal;
    readonly AuditRequest request;
    readonly TimeProvider time;
    readonly IProgress<AuditProgress>? progress;
    readonly CancellationTokenSource stop;
    readonly StoppingLine? stopping;
    readonly int[] sidesDone;
    readonly SideHealth baselineHealth;
    readonly SideHealth candidateHealth;
    int baselineDone;
    int candidateDone;
    int failedCalls;
    BudgetReachedException? budgetReached;

    /// <summary>Begins.</summary>
    /// <param name="plan">What is asked.</param>
    /// <param name="journal">What was answered before, and where answers go.</param>
    /// <param name="request">Whom to ask, who judges, and what may end the run.</param>
    /// <param name="time">The clock of answers.</param>
    /// <param name="progress">Is told of every finished case; null for nobody.</param>
    /// <param name="stop">Breaks off what is under way where the stopping rule ends the run.</param>
    public AuditSitting(RunPlan plan, RunJournal journal, AuditRequest request, TimeProvider time, IProgress<AuditProgress>? progress, CancellationTokenSource stop)
    {
        this.plan = plan;
        this.journal = journal;
        this.request = request;
        this.time = time;
        this.progress = progress;
        this.stop = stop;
        baselineHealth = new SideHealth(Side.Baseline, request.Baseline.Facts.Name);
        candidateHealth = new SideHealth(Side.Candidate, request.Candidate.Facts.Name);
        sidesDone = new int[plan.Cases.Count];
        if (request.Stopping is not { } rule)
            return;

        var run = new JudgedRun(plan, journal.State, request.Judge);
        // A run that was stopped before is not gone on with: failed calls are asked again only where it was not.
        HasStopped = new StoppingLine(rule, plan.Cases.Count, run.Finished).Advance();
        stopping = new StoppingLine(rule, plan.Cases.Count, place => Volatile.Read(ref sidesDone[place]) == 2 ? run.Pair(place) : null);
    }

    /// <summary>Whether the stopping rule has ended the run.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Whether an earlier sitting answered and judged the case on this side; if so, it is counted as done.</summary>
    public bool TakesAsDone(int place, Side side)
    {
        var planned = plan.Cases[place];
        var isDone = Answered(planned, side) is { } answer && !NeedsJudge(planned, side, answer);
        if (isDone)
            Count(place, side);
        return isDone;
    }

    /// <summary>Makes sure that the case is answered by the side and that the answer is judged.</summary>
    public async ValueTask FinishAsync(int place, Side side, CancellationToken cancellationToken)
    {
        var planned = plan.Cases[place];
        if (Volatile.Read(ref budgetReached) is not null)
            return;

        try
        {
            var answer = Answered(planned, side) ?? await AskAsync(planned, side, cancellationToken);
            if (NeedsJudge(planned, side, answer))
                await JudgeAsync(planned, side, answer, cancellationToken);
        }
        catch (BudgetReachedException reached)
        {
            // No cancellation: calls that are under way are paid for, so their answers are kept.
            Volatile.Write(ref budgetReached, reached);
            return;
        }

        Count(place, side);
        Report();
        if (stopping?.Advance() != true)
            return;

        HasStopped = true;
        await stop.CancelAsync();
    }

    /// <summary>Refuses to conclude where the budget was reached before the last case.</summary>
    /// <exception cref="BudgetReachedException">It was.</exception>
    public void RequireBudget()
    {
        if (Volatile.Read(ref budgetReached) is { } reached)
            throw new BudgetReachedException(reached.Spent, reached.Budget, reached.Currency);
    }

    /// <summary>Refuses to conclude from a side that has answered nothing: in a short run it fails too seldom to be stopped on the way.</summary>
    /// <exception cref="SideUnavailableException">A side failed, and no case of the run is answered by it.</exception>
    public void RequireAnswers()
    {
        foreach (var (side, health) in new[] { (Side.Baseline, baselineHealth), (Side.Candidate, candidateHealth) })
        {
            if (health.LastFailure is { } failure && plan.Cases.All(planned => Answered(planned, side) is null))
                throw health.Unavailable(failure);
        }
    }

    /// <summary>Tells how far the run is.</summary>
    public void Report() => progress?.Report(new AuditProgress(
        AuditStage.Answering,
        plan.Cases.Count,
        Volatile.Read(ref baselineDone),
        Volatile.Read(ref candidateDone),
        Volatile.Read(ref failedCalls)));

    // A failed call is no answer: it is tried again.
    AnswerRecord? Answered(AuditCase planned, Side side) =>
        journal.State.Answer(planned.Id, side) is { Failure: null } answer ? answer : null;

    bool NeedsJudge(AuditCase planned, Side side, AnswerRecord answer) => PanelJudge.MembersOf(request.Judge).Any(judge => Needs(judge, planned, side, answer));

    bool Needs(IJudge judge, AuditCase planned, Side side, AnswerRecord answer) =>
        Screening.Of(answer, judge) is null
        && journal.State.Judged(planned.Id, side, judge) is null or { Unscored: UnscoredReason.JudgeFailed };

    void Count(int place, Side side)
    {
        Interlocked.Increment(ref sidesDone[place]);
        if (side == Side.Baseline)
            Interlocked.Increment(ref baselineDone);
        else
            Interlocked.Increment(ref candidateDone);
    }

    async Task<AnswerRecord> AskAsync(AuditCase planned, Side side, CancellationToken cancellationToken)
    {
        var (client, health) = side == Side.Baseline
            ? (request.Baseline.Client, baselineHealth)
            : (request.Candidate.Client, candidateHealth);
        var started = time.GetTimestamp();
        AnswerRecord answer;
        Exception? failure = null;
        try
        {
            var messages = planned.Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content)).ToList();
            var response = await client.GetResponseAsync(messages, Options(planned), cancellationToken);
            answer = AnswerOf(planned, side, response, Seconds(started));
        }
        catch (Exception e) when (e is not BudgetReachedException)
        {
            // A stopped run says nothing about the case: it stays pending.
            cancellationToken.ThrowIfCancellationRequested();
            failure = e;
            answer = new AnswerRecord(time.GetUtcNow(), planned.Id, side, "", AnswerRecord.Error, OutputTokens: null, Seconds(started), e.Message, Faults(planned, side, FailedAttempts.Of(e)));
        }

        // Outside the try: a journal that cannot be written ends the run, it is no failure of the model.
        await journal.AppendAsync(answer);
        if (failure is null)
        {
            health.Answered();
        }
        else
        {
            Interlocked.Increment(ref failedCalls);
            health.Failed(failure);
        }

        return answer;
    }

    AnswerRecord AnswerOf(AuditCase planned, Side side, ChatResponse response, double seconds) => new(
        time.GetUtcNow(),
        planned.Id,
        side,
        response.Text,
        response.FinishReason?.Value ?? ChatFinishReason.Stop.Value,
        response.Usage?.OutputTokenCount,
        seconds,
        Failure: null,
        Faults(planned, side, FailedAttempts.Of(response)),
        response.Usage?.InputTokenCount);

    // An answer that an earlier sitting failed to get was retried too, whoever asked again.
    IReadOnlyList<string>? Faults(AuditCase planned, Side side, IReadOnlyList<string>? now) =>
        journal.State.Answer(planned.Id, side) is { } failed ? [.. failed.Faults ?? ["failed"], .. now ?? []] : now;

    // The members of a panel are asked side by side, and each is journaled by itself.
    Task JudgeAsync(AuditCase planned, Side side, AnswerRecord answer, CancellationToken cancellationToken) => Task.WhenAll(
        PanelJudge.MembersOf(request.Judge)
            .Where(judge => Needs(judge, planned, side, answer))
            .Select(judge => JudgeAsync(judge, planned, side, answer, cancellationToken)));

    async Task JudgeAsync(IJudge judge, AuditCase planned, Side side, AnswerRecord answer, CancellationToken cancellationToken)
    {
        Judgement judgement;
        try
        {
            var text = AttackCatalog.ReadAnswer(planned.Attack, answer.Response);
            judgement = await judge.JudgeAsync(planned, text, cancellationToken);
        }
        catch (Exception e) when (e is not BudgetReachedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            judgement = Judgement.NotScored(UnscoredReason.JudgeFailed, $"The judge failed: {e.Message}");
        }

        await journal.AppendAsync(new JudgementRecord(time.GetUtcNow(), planned.Id, side, judge.Id, judge.Version, judgement));
    }

    ChatOptions Options(AuditCase planned) => new()
    {
        Temperature = planned.Decoding?.Temperature ?? plan.Sampling.Temperature,
        TopP = planned.Decoding?.TopP,
        TopK = planned.Decoding?.TopK,
        MaxOutputTokens = plan.Sampling.MaxOutputTokens,
        Seed = plan.Sampling.Seed + planned.Repeat + (planned.Decoding?.SeedShift ?? 0),
    };

    double Seconds(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 4);
}
