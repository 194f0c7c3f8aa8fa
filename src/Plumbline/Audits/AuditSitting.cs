using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>One process's work on a run: finishes cases that are not finished yet, and counts.</summary>
sealed class AuditSitting(RunPlan plan, RunJournal journal, AuditRequest request, TimeProvider time, IProgress<AuditProgress>? progress)
{
    readonly SideHealth baselineHealth = new(Side.Baseline, request.Baseline.Facts.Name);
    readonly SideHealth candidateHealth = new(Side.Candidate, request.Candidate.Facts.Name);
    int baselineDone;
    int candidateDone;
    int failedCalls;

    /// <summary>Whether an earlier sitting answered and judged the case on this side; if so, it is counted as done.</summary>
    public bool TakesAsDone(AuditCase planned, Side side)
    {
        var isDone = Answered(planned, side) is { } answer && !NeedsJudge(planned, side, answer);
        if (isDone)
            Count(side);
        return isDone;
    }

    /// <summary>Makes sure that the case is answered by the side and that the answer is judged.</summary>
    public async ValueTask FinishAsync(AuditCase planned, Side side, CancellationToken cancellationToken)
    {
        var answer = Answered(planned, side) ?? await AskAsync(planned, side, cancellationToken);
        if (NeedsJudge(planned, side, answer))
            await JudgeAsync(planned, side, answer, cancellationToken);

        Count(side);
        Report();
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

    bool NeedsJudge(AuditCase planned, Side side, AnswerRecord answer) =>
        Screening.Of(answer, request.Judge) is null
        && journal.State.Judged(planned.Id, side, request.Judge) is null or { Unscored: UnscoredReason.JudgeFailed };

    void Count(Side side)
    {
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
        catch (Exception e)
        {
            // A stopped run says nothing about the case: it stays pending.
            cancellationToken.ThrowIfCancellationRequested();
            failure = e;
            answer = new AnswerRecord(time.GetUtcNow(), planned.Id, side, "", AnswerRecord.Error, OutputTokens: null, Seconds(started), e.Message);
        }

        // Outside the try: a journal that cannot be written ends the run, it is no failure of the model.
        journal.Append(answer);
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
        Failure: null);

    async Task JudgeAsync(AuditCase planned, Side side, AnswerRecord answer, CancellationToken cancellationToken)
    {
        Judgement judgement;
        try
        {
            var text = AttackCatalog.Named(planned.Attack).ReadAnswer(answer.Response);
            judgement = await request.Judge.JudgeAsync(planned, text, cancellationToken);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            judgement = Judgement.NotScored(UnscoredReason.JudgeFailed, $"The judge failed: {e.Message}");
        }

        journal.Append(new JudgementRecord(time.GetUtcNow(), planned.Id, side, request.Judge.Id, request.Judge.Version, judgement));
    }

    ChatOptions Options(AuditCase planned) => new()
    {
        Temperature = plan.Sampling.Temperature,
        MaxOutputTokens = plan.Sampling.MaxOutputTokens,
        Seed = plan.Sampling.Seed + planned.Repeat,
    };

    double Seconds(long started) => Math.Round(time.GetElapsedTime(started).TotalSeconds, 4);
}
