using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Cases;
using Plumbline.Choices;
using Plumbline.Costs;
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
    readonly bool[] isDone;
    readonly bool[] isCounted;
    readonly AnswerJudging judging;
    readonly SideHealth baselineHealth;
    readonly SideHealth candidateHealth;
    readonly StepRunner steps;
    int baselineDone;
    int candidateDone;
    int failedCalls;
    int toAsk;
    int toJudge;
    int asked;
    int answers;
    int judged;

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
        steps = new StepRunner(request.Concurrency, time, Report);
        judging = new AnswerJudging(request.Judge, plan, journal, time, steps.Withdrawn);
        baselineHealth = new SideHealth(Side.Baseline, request.Baseline.Facts.Name, () => journal.State.HasAnswers, HasAnswered(Side.Baseline), steps.Withdrawn);
        candidateHealth = new SideHealth(Side.Candidate, request.Candidate.Facts.Name, () => journal.State.HasAnswers, HasAnswered(Side.Candidate), steps.Withdrawn);
        isDone = new bool[2 * plan.Cases.Count];
        isCounted = new bool[2 * plan.Cases.Count];
        if (request.Stopping is not { } rule)
            return;

        var run = new JudgedRun(plan, journal.State, request.Judge);
        // A run that was stopped before is not gone on with: failed calls are asked again only where it was not.
        HasStopped = StoppingLine.Over(plan.Cases.Count, run.Pair, rule).Advance();
        stopping = new StoppingLine(
            rule, plan.Cases.Count, place => Enum.GetValues<Side>().All(side => Volatile.Read(ref isDone[At(place, side)])) ? run.Pair(place) : null);
    }

    /// <summary>Whether the stopping rule has ended the run.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>Counts what an earlier sitting finished.</summary>
    public void TakeDone()
    {
        foreach (var (place, side) in AllSteps())
        {
            toAsk += journal.State.IsTakenOver(place, side) ? 0 : 1;
            toJudge += judging.IsPaid(place, side) ? 1 : 0;
            if (Answered(place, side) is not { } answer)
                continue;
            CountAnswer(place, side);
            if (!judging.Needs(place, side, answer))
                Count(place, side);
        }
    }

    /// <summary>Does what is left to do, in the order of the plan. Both sides of a case stand side by side, so that drift in time hits both alike.</summary>
    /// <inheritdoc cref="StepRunner.RunAsync"/>
    public Task RunAsync(CancellationToken cancellationToken) =>
        steps.RunAsync(AllSteps().Where(step => !isDone[At(step.Place, step.Side)]), (step, token) => FinishAsync(step.Place, step.Side, token), cancellationToken);

    /// <summary>Makes sure that the case is answered by the side and that the answer is judged.</summary>
    async ValueTask FinishAsync(int place, Side side, CancellationToken cancellationToken)
    {
        var planned = plan.Cases[place];
        if (stopping is not null)
        {
            // What an earlier sitting finished is taken in first; nobody else may come to do it.
            stopping.Advance();
            if (!await stopping.NearAsync(place, (request.Concurrency + 1) / 2, cancellationToken) || await StopAsync())
                return;
        }

        try
        {
            var answer = Answered(place, side) is null ? await AskAsync(planned, place, side, cancellationToken) : journal.State.Answer(planned.Id, side)!;
            CountAnswer(place, side);
            if (judging.Needs(place, side, answer))
                await judging.JudgeAsync(planned, place, side, answer, cancellationToken);
        }
        catch (Exception e) when (StepRunner.IsEnd(e))
        {
            // What is under way is finished; what waits for the rule has not begun, and stays pending.
            stopping?.Release();
            throw;
        }

        Count(place, side);
        Report();
        await StopAsync();
    }

    async ValueTask<bool> StopAsync()
    {
        if (stopping?.Advance() != true)
            return false;

        HasStopped = true;
        await stop.CancelAsync();
        return true;
    }

    /// <summary>Refuses to conclude from a side that has answered nothing: in a short run it fails too seldom to be stopped on the way.</summary>
    /// <exception cref="SideUnavailableException">A side failed, and no case of the run is answered by it.</exception>
    public void RequireAnswers()
    {
        foreach (var (side, health) in new[] { (Side.Baseline, baselineHealth), (Side.Candidate, candidateHealth) })
        {
            if (health.LastFailure is { } failure && Enumerable.Range(0, plan.Cases.Count).All(place => Answered(place, side) is null))
                throw health.Unavailable(failure);
        }
    }

    /// <summary>Tells what earlier sittings left, where there were any and something is left to do, or a torn line was cut off.</summary>
    public void ReportFound()
    {
        if (journal.IsNew)
            return;

        var found = AllSteps().Select(step => (step, Answer: Answered(step.Place, step.Side))).Where(one => one.Answer is not null)
            .Select(one => (one.step.Side, IsDone: !judging.Needs(one.step.Place, one.step.Side, one.Answer!))).ToList();
        var (baseline, candidate) = (found.Count(one => one is { Side: Side.Baseline, IsDone: true }), found.Count(one => one is { Side: Side.Candidate, IsDone: true }));
        if (journal.WasTorn || (!HasStopped && baseline + candidate < 2L * plan.Cases.Count))
            progress?.Report(new AuditProgress(AuditStage.Found, plan.Cases.Count, baseline, candidate, FailedCalls: 0) { Answers = found.Count, JournalWasTorn = journal.WasTorn });
    }

    /// <summary>Tells how far the run is.</summary>
    public void Report() => progress?.Report(new AuditProgress(
        AuditStage.Answering,
        plan.Cases.Count,
        Volatile.Read(ref baselineDone),
        Volatile.Read(ref candidateDone),
        Volatile.Read(ref failedCalls))
    {
        Answers = Volatile.Read(ref answers),
        AskedShare = toAsk == 0 ? 1 : (double)Volatile.Read(ref asked) / toAsk,
        JudgedShare = toJudge == 0 ? 1 : (double)Volatile.Read(ref judged) / toJudge,
        Ending = steps.Ending,
    });

    // A failed call is no answer: it is tried again.
    AnswerRecord? Answered(int place, Side side) =>
        journal.State.AnswerOutline(place, side) is { Failure: null } answer ? answer : null;

    void CountAnswer(int place, Side side)
    {
        if (Answered(place, side) is null || Interlocked.Exchange(ref isCounted[At(place, side)], true))
            return;

        Interlocked.Increment(ref answers);
        if (!journal.State.IsTakenOver(place, side))
            Interlocked.Increment(ref asked);
    }

    bool HasAnswered(Side side) => Enumerable.Range(0, plan.Cases.Count).Any(place => journal.State.StandingAt(place, side) > AnswerStanding.Failed && !journal.State.IsTakenOver(place, side));

    void Count(int place, Side side)
    {
        Volatile.Write(ref isDone[At(place, side)], true);
        if (side == Side.Baseline)
            Interlocked.Increment(ref baselineDone);
        else
            Interlocked.Increment(ref candidateDone);
        if (judging.IsPaid(place, side))
            Interlocked.Increment(ref judged);
    }

    async Task<AnswerRecord> AskAsync(AuditCase planned, int place, Side side, CancellationToken cancellationToken)
    {
        var (client, health) = side == Side.Baseline
            ? (request.Baseline.Client, baselineHealth)
            : (request.Candidate.Client, candidateHealth);
        var started = time.GetTimestamp();
        AnswerRecord answer;
        Exception? failure = null;
        ChatResponse? response = null;
        var messages = planned.Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content)).ToList();
        health.RequireHope();
        try
        {
            response = await client.GetResponseAsync(messages, Options(planned, health), cancellationToken);
            AnswerBrokenOffException.ThrowIfUnknown(response);
            answer = AnswerOf(planned, place, side, response, Seconds(started));
        }
        catch (OperationCanceledException) when (health.Withdrawn.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // It waited for its turn while this model, or another, was given up: the case stays pending.
            health.RequireHope();
            throw;
        }
        catch (Exception e) when (e is not BudgetReachedException)
        {
            failure = e;
            answer = new AnswerRecord(time.GetUtcNow(), planned.Id, side, "", AnswerRecord.Error, OutputTokens: null, Seconds(started), e.Message, Faults(planned, place, side, FailedAttempts.Of(e)));
        }

        var isAgain = journal.State.StandingAt(place, side) == AnswerStanding.Failed;
        // Outside the try: a journal that cannot be written ends the run, it is no failure of the model.
        if (failure is not null && (response ?? (failure as ProbabilitiesNotToldException)?.Response) is { } paid)
            await WriteUsageAsync(side, MeteredChatClient.Used(messages, paid.Usage, paid.Text));
        // A stopped run says nothing about the case: it stays pending. What an answer took stands on the bill all the same.
        if (failure is not null)
            cancellationToken.ThrowIfCancellationRequested();
        // Nor does a call that was never sent, because another had shown that none is of use.
        if (failure is null || !WasNotSent(failure))
            await journal.AppendAsync(answer);
        if (failure is null)
        {
            health.Answered();
        }
        else
        {
            Interlocked.Increment(ref failedCalls);
            health.Failed(failure, isAgain);
        }

        return answer;
    }

    static bool WasNotSent(Exception failure) => RefusedCalls.Of(failure) == RefusalScope.EveryCall && FailedAttempts.Of(failure) is null;

    // An answer came, and is paid for, but is none of the model's: the case is asked again. First of the two, so that a kill between them forgets no call.
    Task WriteUsageAsync(Side side, TokenUsage used)
    {
        var (spender, model) = side == Side.Baseline ? (Spender.Baseline, plan.Baseline.Name) : (Spender.Candidate, plan.Candidate.Name);
        return journal.AppendAsync(new UsageRecord(time.GetUtcNow(), spender, model, used.Calls, used.InputTokens, used.OutputTokens, used.EstimatedCalls));
    }

    AnswerRecord AnswerOf(AuditCase planned, int place, Side side, ChatResponse response, double seconds) => new(
        time.GetUtcNow(),
        planned.Id,
        side,
        response.Text,
        response.FinishReason?.Value ?? ChatFinishReason.Stop.Value,
        TokenUsage.Told(response.Usage?.OutputTokenCount),
        seconds,
        Failure: null,
        Faults(planned, place, side, FailedAttempts.Of(response)),
        TokenUsage.Told(response.Usage?.InputTokenCount));

    IEnumerable<(int Place, Side Side)> AllSteps() =>
        from place in Enumerable.Range(0, plan.Cases.Count)
        from side in Enum.GetValues<Side>()
        select (place, side);

    static int At(int place, Side side) => (2 * place) + (int)side;

    // An answer that an earlier sitting failed to get was retried too, whoever asked again.
    IReadOnlyList<string>? Faults(AuditCase planned, int place, Side side, IReadOnlyList<string>? now) =>
        journal.State.AnswerOutline(place, side) is not null && journal.State.Answer(planned.Id, side) is { } failed ? [.. failed.Faults ?? ["failed"], .. now ?? []] : now;

    ChatOptions Options(AuditCase planned, SideHealth health)
    {
        var options = new ChatOptions
        {
            Temperature = planned.Decoding?.Temperature ?? plan.Sampling.Temperature,
            TopP = planned.Decoding?.TopP,
            TopK = planned.Decoding?.TopK,
            MaxOutputTokens = plan.Sampling.MaxOutputTokens,
            Seed = plan.Sampling.SeedOf(planned),
        };
        Withdrawal.Mark(options, health.Withdrawn);
        return options;
    }

    double Seconds(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 4);
}
