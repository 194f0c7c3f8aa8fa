using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Tests.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

public sealed class StepRunnerTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_under_way_is_finished_and_nothing_further_begins()
    {
        var isOpen = new TaskCompletionSource();
        using var begun = new CountdownEvent(3);
        var areUnderWay = new TaskCompletionSource();
        var finished = 0;
        var time = new ManualTime();
        var told = 0;
        var runner = new StepRunner(4, time, () => Interlocked.Increment(ref told));
        runner.Ending.ShouldBeNull();
        var running = runner.RunAsync(
            Enumerable.Range(0, 100),
            async (step, cancel) =>
            {
                if (step == 3)
                {
                    await areUnderWay.Task;
                    throw new JudgeUnavailableException("gone");
                }

                // On a busy machine the fourth step begins before the first.
                if (begun.Signal())
                    areUnderWay.SetResult();
                await isOpen.Task.WaitAsync(cancel);
                Interlocked.Increment(ref finished);
            },
            Token);

        // On a busy machine the fourth step begins long after the first.
        SpinWait.SpinUntil(() => runner.HasEnded, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        running.IsCompleted.ShouldBeFalse("three are under way");
        SpinWait.SpinUntil(() => Volatile.Read(ref told) == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        runner.Ending.ShouldBe(new AuditEnding("the judge is given up", 3, time.GetUtcNow() + StepRunner.Patience));
        isOpen.SetResult();

        (await Should.ThrowAsync<JudgeUnavailableException>(() => running)).Message.ShouldBe("gone");
        finished.ShouldBe(3);
        (told, runner.Ending!.UnderWay).ShouldBe((4, 0));
    }

    /// <summary>A server that hangs is not waited for as long as its calls may take; at a budget all calls are answered.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_hangs_is_broken_off_after_a_while_but_not_at_a_budget(bool isBudget)
    {
        var time = new ManualTime();
        var isOpen = new TaskCompletionSource();
        var hasBegun = new TaskCompletionSource();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Exception end = isBudget ? new BudgetReachedException(1, 1, "USD") : new SideUnavailableException(Side.Baseline, "gone", new HttpRequestException());
        var isBroken = false;
        var runner = new StepRunner(2, time);
        var running = runner.RunAsync(
            [0, 1],
            async (step, cancel) =>
            {
                if (step == 1)
                {
                    await hasBegun.Task;
                    ended.SetResult();
                    throw end;
                }

                hasBegun.SetResult();
                try
                {
                    await isOpen.Task.WaitAsync(cancel);
                }
                catch (OperationCanceledException)
                {
                    isBroken = true;
                    throw;
                }
            },
            Token);
        await ended.Task;
        // The failure is taken in behind the step that it ended, and the clock of patience begins a moment later or not at all.
        SpinWait.SpinUntil(() => runner.HasEnded, TimeSpan.FromSeconds(10)).ShouldBeTrue();
        SpinWait.SpinUntil(() => time.HasTimers, isBudget ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(10)).ShouldBe(!isBudget);

        time.Advance(StepRunner.Patience - TimeSpan.FromSeconds(1));
        isBroken.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(2));
        if (isBudget)
            isOpen.SetResult();

        (await Should.ThrowAsync<Exception>(() => running.WaitAsync(TimeSpan.FromSeconds(10), Token))).ShouldBeSameAs(end);
        isBroken.ShouldBe(!isBudget);
    }

    [Fact]
    public async Task Whoever_stops_it_is_told_as_ever()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        await Should.ThrowAsync<OperationCanceledException>(() => new StepRunner(2, TimeProvider.System).RunAsync(
            Enumerable.Range(0, 10),
            (step, cancel) =>
            {
                if (step == 3)
                    stop.Cancel();
                cancel.ThrowIfCancellationRequested();
                return ValueTask.CompletedTask;
            },
            stop.Token));
    }

    /// <summary>"Answers are kept", the message says: those that are asked for when a judge is given up too.</summary>
    [Fact]
    public async Task Answers_under_way_when_a_judge_is_given_up_are_kept()
    {
        using var folder = new TemporaryFolder();
        var isGivenUp = new TaskCompletionSource();
        var failures = 0;
        var judge = new FailingJudge(() =>
        {
            if (Interlocked.Increment(ref failures) == CallHealth.FailuresAtStart)
                isGivenUp.SetResult();
        });
        using var slow = new SlowClient(isGivenUp.Task);

        await Should.ThrowAsync<JudgeUnavailableException>(() => Run(Request(ScriptedClient.Saying(_ => "4 0 0"), slow, Prompts(100)) with { Judge = judge, Concurrency = 16 }, folder.Path, Token));

        var (plan, state) = RunFolder.Look(folder.Path);
        Enumerable.Range(0, plan.Cases.Count).Count(place => state.StandingAt(place, Side.Candidate) == AnswerStanding.Whole).ShouldBe(slow.Begun);
        slow.Begun.ShouldBeInRange(1, 16);
    }

    /// <summary>Answers only a while after it is let: whoever is broken off ends before.</summary>
    sealed class SlowClient(Task isOpen) : DelegatingChatClient(ScriptedClient.Saying(_ => "4 0 0"))
    {
        int begun;

        public int Begun => Volatile.Read(ref begun);

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref begun);
            await isOpen.WaitAsync(cancellationToken);
            await Task.Delay(50, cancellationToken);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }

    sealed class FailingJudge(Action onCall) : IJudge
    {
        public string Id => "failing";

        public string Version => "1";

        public string Description => "Fails.";

        public IReadOnlyList<Criterion> Criteria => [Criterion.Harmfulness];

        public bool ReadsTruncated => true;

        public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken)
        {
            onCall();
            throw new HttpRequestException("gone");
        }
    }
}
