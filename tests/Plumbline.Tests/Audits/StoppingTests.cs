using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Calls;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class StoppingTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_run_ends_when_its_rule_says_so_and_the_document_is_of_what_the_rule_was_given()
    {
        var rule = new StopAfterBroken(3);
        var candidate = ScriptedClient.Saying(_ => "4 4 3");
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), candidate, 200) with { Stopping = rule, Concurrency = 1 }; // With several at once, how far the others get while one waits for its turn is the machine's affair.

        var document = await Run(request);

        var stopping = document.Stopping.ShouldNotBeNull();
        (stopping.Taken, stopping.Planned, stopping.Stopped, stopping.OrderSeed).ShouldBe((3, 200, "3 cases broke.", 7));
        stopping.CallsSaved.ShouldBeGreaterThan(200);
        candidate.Asked.Count.ShouldBeLessThan(100);
        document.Comparisons.ShouldHaveSingleItem().Counts.Planned.ShouldBe(3);
        document.Comparisons[0].Transitions.Broke.ShouldBe(3);
        (document.Counts.Planned, document.Counts.Scored + document.Counts.Pending).ShouldBe((200, 200));
        document.Cautions.ShouldContain(caution => caution.StartsWith("The run was stopped after 3 of 200 cases: 3 cases broke.", StringComparison.Ordinal));
        rule.Seen[^1].ShouldBe(document.Cases.Take(3).Select(one => one.PromptId));
    }

    [Fact]
    public async Task A_rule_gets_every_case_in_the_order_of_the_plan_whatever_order_they_finish_in()
    {
        var rule = new StopAfterBroken(int.MaxValue);
        var chance = new Random(3);
        var slow = new ScriptedClient(prompt =>
        {
            int pause;
            lock (chance)
                pause = chance.Next(3);
            Thread.Sleep(pause);
            return ScriptedClient.Response("4 0 0");
        });

        var document = await Run(Request(slow, ScriptedClient.Saying(_ => "4 4 3"), 60) with { Stopping = rule, Concurrency = 16 });

        rule.Seen.ShouldAllBe(seen => seen.SequenceEqual(document.Cases.Take(seen.Count).Select(one => one.PromptId)));
        rule.Seen[^1].Count.ShouldBe(60);
        document.Stopping.ShouldNotBeNull().Stopped.ShouldBeNull();
        document.Stopping!.CallsSaved.ShouldBe(0);
        document.Counts.Scored.ShouldBe(60);
    }

    [Fact]
    public async Task Nobody_runs_further_ahead_of_the_rule_than_may_be_under_way()
    {
        using var first = new SemaphoreSlim(0);
        var asked = 0;
        var baseline = new ScriptedClient(_ =>
        {
            // The others have had all the time that they need once they stand still.
            if (Interlocked.Increment(ref asked) == 7)
                first.Release();
            return ScriptedClient.Response("4 0 0");
        });
        var slow = 0;
        var candidate = new ScriptedClient(_ =>
        {
            if (Interlocked.Increment(ref slow) == 1)
                first.Wait(TimeSpan.FromMilliseconds(300), Token);
            return ScriptedClient.Response("4 4 3");
        });

        var document = await Run(Request(baseline, candidate, 200) with { Stopping = new StopAfterBroken(3), Concurrency = 8 });

        // Four cases from the one that is waited for, and as many again while the rule takes the next ones in.
        baseline.Asked.Count.ShouldBeLessThanOrEqualTo(8);
        document.Stopping!.CallsSaved.ShouldBeGreaterThanOrEqualTo(400 - 16);
    }

    /// <summary>Of the eight cases that 16 calls at once are, four are near enough to the rule to be asked; the others wait when the candidate is refused.</summary>
    [Fact]
    public async Task Cases_that_wait_for_the_rule_are_not_asked_once_a_model_is_given_up()
    {
        var rule = new NearTheEnd(waiting: 8);
        var baseline = ScriptedClient.Saying(_ => "4 0 0");
        var candidate = new ScriptedClient(_ =>
        {
            rule.AreWaiting.Task.Wait(TimeSpan.FromSeconds(30), Token);
            var refused = new HttpRequestException("the key is refused");
            RefusedCalls.Attach(refused, RefusalScope.EveryCall);
            throw refused;
        });

        await Should.ThrowAsync<SideUnavailableException>(() => Run(Request(baseline, candidate, 200) with { Stopping = rule, Concurrency = 16 }));

        baseline.Asked.Count.ShouldBe(4);
        candidate.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_run_that_was_interrupted_goes_on_to_its_end()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var asked = 0;
        var interrupting = ScriptedClient.Saying(_ =>
        {
            if (Interlocked.Increment(ref asked) == 20)
                source.Cancel();
            return "4 0 0";
        });
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), interrupting, 60) with { Stopping = new StopAfterBroken(int.MaxValue), Concurrency = 6 };
        await Should.ThrowAsync<OperationCanceledException>(new AuditRunner(TimeProvider.System).RunAsync(request, Path.Combine(folder.Path, "run"), progress: null, source.Token));

        (await Run(request)).Counts.Scored.ShouldBe(60);
    }

    [Fact]
    public async Task A_stopped_run_is_not_gone_on_with_and_says_the_same_again()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 3"), 50) with { Stopping = new StopAfterBroken(5), Concurrency = 2 };
        var first = await Run(request);
        var mute = new ScriptedClient(_ => throw new InvalidOperationException("asked again"));

        var again = await Run(request with { Baseline = request.Baseline with { Client = mute }, Candidate = request.Candidate with { Client = mute } });

        Json(again).ShouldBe(Json(first));
        // Without the rule the rest is asked.
        (await Run(request with { Stopping = null })).Counts.Scored.ShouldBe(50);
    }

    /// <summary>A run's settings are stored at the first report: without one, a price file that was named when it was gone on with was forgotten.</summary>
    [Fact]
    public async Task Whoever_goes_on_with_a_stopped_run_is_told_that_the_folder_is_its_own()
    {
        var request = SequentialRule.Applied(Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 3"), 120) with { Concurrency = 1 }, 7);
        var first = await Run(request);
        first.Stopping.ShouldNotBeNull().Stopped.ShouldNotBeNull();
        var told = new Told();

        var again = await new AuditRunner(TimeProvider.System).ConcludeAsync(request, Path.Combine(folder.Path, "run"), told, Token);

        again.WasThere.ShouldBeTrue();
        told.All.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            report => report.Stage.ShouldBe(AuditStage.Answering),
            report => report.Total.ShouldBe(120),
            report => report.CandidateDone.ShouldBe(first.Cases.Count(one => one.Candidate is not null)));
    }

    [Fact]
    public async Task A_rule_that_was_not_stated_before_the_first_answer_is_told()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 4 3"), 10);
        await Run(request);

        (await Run(request with { Stopping = new StopAfterBroken(2) })).Cautions
            .ShouldContain(caution => caution.StartsWith("The stopping rule was not stated when the run was planned (there was none)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_order_is_random_the_same_for_its_seed_and_another_run_for_another()
    {
        var request = Request(ScriptedClient.Saying(_ => "4 0 0"), ScriptedClient.Saying(_ => "4 0 0"), 40);
        var inOrder = (await Run(request with { OrderSeed = null }, "a")).Cases.Select(one => one.Prompt).ToList();
        var seven = (await Run(request, "b")).Cases.Select(one => one.Prompt).ToList();
        var sevenAgain = (await Run(request, "c")).Cases.Select(one => one.Prompt).ToList();
        var eight = (await Run(request with { OrderSeed = 8 }, "d")).Cases.Select(one => one.Prompt).ToList();

        seven.ShouldBe(sevenAgain);
        seven.Order(StringComparer.Ordinal).ShouldBe(inOrder.Order(StringComparer.Ordinal));
        seven.ShouldNotBe(inOrder);
        eight.ShouldNotBe(seven);
        (await Should.ThrowAsync<RunException>(Run(request with { OrderSeed = 8 }, "b"))).Message.ShouldContain("--seed (which orders the cases under --stop-early) was ");
    }

    static AuditRequest Request(ScriptedClient baseline, ScriptedClient candidate, int prompts) =>
        SmallAudit.Request(baseline, candidate, SmallAudit.Prompts(prompts)) with { OrderSeed = 7 };

    Task<AuditDocument> Run(AuditRequest request, string name = "run") =>
        new AuditRunner(TimeProvider.System).RunAsync(request, Path.Combine(folder.Path, name), progress: null, Token);

    static string Json(AuditDocument document) => JsonSerializer.Serialize(document, AuditJsonContext.Default.AuditDocument);

    sealed class Told : IProgress<AuditProgress>
    {
        public List<AuditProgress> All { get; } = [];

        public void Report(AuditProgress value) => All.Add(value);
    }

    /// <summary>Lets four cases be asked ahead, and tells when so many steps that are further ahead have come.</summary>
    sealed class NearTheEnd(int waiting) : IStoppingRule
    {
        public TaskCompletionSource AreWaiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Description => "never stops";

        public IStoppingWatch Begin() => new Watch(this, 8 + waiting);

        sealed class Watch(NearTheEnd rule, int steps) : IStoppingWatch
        {
            int come;

            // Read once for each step that comes while nothing moves.
            public double WayLeft
            {
                get
                {
                    if (Interlocked.Increment(ref come) == steps)
                        rule.AreWaiting.TrySetResult();
                    return 0.01;
                }
            }

            public string? Take(PairedCase next) => null;
        }
    }

    sealed class StopAfterBroken(int limit) : IStoppingRule
    {
        public List<List<string>> Seen { get; } = [];

        public string Description => $"stops after {limit} broken cases";

        public IStoppingWatch Begin()
        {
            var seen = new List<string>();
            Seen.Add(seen);
            return new Watch(limit, seen);
        }

        sealed class Watch(int limit, List<string> seen) : IStoppingWatch
        {
            int broken;

            public string? Take(PairedCase next)
            {
                seen.Add(next.PromptId);
                return next.Transition == Transition.Broke && ++broken == limit ? $"{limit} cases broke." : null;
            }
        }
    }
}
