using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Calls;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Judges.Refusal;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;
using static Plumbline.Tests.Audits.Preparations;

namespace Plumbline.Tests.Audits;

/// <summary>What is asked and paid for before there is a plan, in sittings that are stopped in the middle of it.</summary>
public sealed class PreparedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    string Prepared => Path.Combine(folder.Path, "prepared.jsonl");

    string Plan => Path.Combine(folder.Path, "plan.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_preparation_that_is_stopped_goes_on_where_it_was_and_asks_nothing_again()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var calls = 0;
        var first = Writing(() =>
        {
            if (++calls == 13) stop.Cancel();
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Run(Assisted(first) with { Concurrency = 1 }, folder.Path, stop.Token));
        File.Exists(Plan).ShouldBeFalse();
        var kept = first.Asked.ToList();

        var second = Writing();
        var document = await Run(Assisted(second), folder.Path, Token);

        kept.Count.ShouldBe(13);
        second.Asked.Count.ShouldBe(20 - 13);
        second.Asked.ShouldNotContain(question => kept.Contains(question));
        document.Cases.Count.ShouldBe(20);
        File.Exists(Prepared).ShouldBeFalse("its usage stands in the journal");
        using var other = new TemporaryFolder();
        var inOneGo = await Run(Assisted(Writing()), other.Path, Token);
        document.Cases.Select(one => one.Id).ShouldBe(inOneGo.Cases.Select(one => one.Id));
        document.Cost!.Lines.ShouldBe(inOneGo.Cost!.Lines);
    }

    /// <summary>A call of the helper costs 1, one of a side nothing.</summary>
    [Fact]
    public async Task The_budget_of_a_preparation_is_a_wall_over_all_sittings()
    {
        var (first, _) = await StopsAtAsync(budget: 8);
        first.Asked.Count.ShouldBe(8);
        var (again, reached) = await StopsAtAsync(budget: 8);
        (again.Asked.Count, reached.Spent).ShouldBe((0, 8));
        var (more, _) = await StopsAtAsync(budget: 15);
        more.Asked.Count.ShouldBe(7);

        var (last, request) = Budgeted(30);
        var document = await Run(request, folder.Path, Token);

        last.Asked.Count.ShouldBe(5);
        document.Cost!.Lines.ShouldContain(new CostLine(Spender.Helper, "helper", 20, 40, 20, 0, 20));
        (document.Cost.Total, request.Spending!.Spent).ShouldBe((20, 20));
        (await Run(Budgeted(30).Request, folder.Path, Token)).Cost!.Total.ShouldBe(20, "nor is it counted once more when the run is opened again");
    }

    [Fact]
    public async Task Calls_under_way_when_the_helper_is_given_up_are_finished_and_kept()
    {
        var release = new TaskCompletionSource();
        using var helper = new GatedClient(Writing(), 4, release, "the quota is used up");

        await Should.ThrowAsync<HelperUnavailableException>(() => Run(Assisted(helper) with { Concurrency = 4 }, folder.Path, Token));

        helper.Begun.ShouldBe(4);
        var rest = Writing();
        await Run(Assisted(rest), folder.Path, Token);
        rest.Asked.Count.ShouldBe(20 - 3);
    }

    [Fact]
    public async Task What_waits_for_a_helper_that_is_given_up_is_not_asked()
    {
        using var crowded = new CrowdedClient(CallHealth.FailuresAtStart, new ScriptedClient(_ => throw new HttpRequestException("gone")), holds: true);
        AuditEnding? ending = null;

        await Should.ThrowAsync<HelperUnavailableException>(() => new AuditRunner(TimeProvider.System)
            .RunAsync(Assisted(crowded) with { Concurrency = 16 }, folder.Path, new Told(progress => ending = progress.Ending ?? ending), Token).WaitAsync(TimeSpan.FromSeconds(60), Token));

        crowded.Waited.ShouldBeInRange(1, 20 - CallHealth.FailuresAtStart);
        ending.ShouldNotBeNull().Why.ShouldBe("the helper model cannot be asked");
        File.Exists(Plan).ShouldBeFalse();
        (await Run(Assisted(Writing()), folder.Path, Token)).Cases.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_helper_whose_quota_ends_leaves_no_plan_and_what_it_wrote_is_kept(bool everyCall)
    {
        var calls = 0;
        var ends = new ScriptedClient(_ =>
        {
            if (++calls <= 10)
                return Cost(ScriptedClient.Response("{\"words\": [\"harmful\"]}"));
            var failure = new HttpRequestException("the quota is used up");
            if (everyCall)
                RefusedCalls.Attach(failure, RefusalScope.EveryCall);
            throw failure;
        });

        var unavailable = await Should.ThrowAsync<HelperUnavailableException>(() => Run(Assisted(ends, prompts: 50) with { Concurrency = 1 }, folder.Path, Token));

        unavailable.Message.ShouldBe("The helper model, helper, cannot be asked to prepare attacks: the quota is used up. What it wrote so far is kept: run the same command again to go on.");
        ends.Asked.Count.ShouldBe(everyCall ? 11 : 30);
        File.Exists(Plan).ShouldBeFalse();
        var back = Writing();
        var document = await Run(Assisted(back, prompts: 50), folder.Path, Token);
        back.Asked.Count.ShouldBe(40);
        document.Attacks.Single().Unprepared.ShouldBeNull();
        document.Cases.Count.ShouldBe(50);
    }

    /// <summary>One that fails once is asked again behind the others; one that is refused for what it is says nothing of the others, however many there are.</summary>
    [Fact]
    public async Task Calls_that_fail_by_chance_are_made_once_more_and_prompts_that_are_refused_are_left_out()
    {
        var failed = 0;
        var helper = new ScriptedClient(question =>
        {
            if (question.EndsWith("request 3", StringComparison.Ordinal) && failed++ == 0)
                throw new HttpRequestException("cut");
            if (int.Parse(question.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture) < 10)
                return Cost(ScriptedClient.Response("{\"words\": [\"harmful\"]}"));
            var refused = new HttpRequestException("policy");
            RefusedCalls.Attach(refused, RefusalScope.ThisRequest);
            throw refused;
        });

        var document = await Run(Assisted(helper, prompts: 60) with { Concurrency = 1 }, folder.Path, Token);

        helper.Asked.Count.ShouldBe(61);
        document.Cases.Count.ShouldBe(10);
        document.Attacks.Single().Unprepared!.Count.ShouldBe(50);
    }

    /// <summary>Its answers are paid for, however they end, and are asked for again.</summary>
    [Fact]
    public async Task Answers_of_a_helper_that_end_badly_are_billed_and_asked_for_again()
    {
        var broken = new ScriptedClient(question => Cost(ScriptedClient.Response("{\"words\": [\"harmful\"]}", question.EndsWith("request 4", StringComparison.Ordinal) ? new ChatFinishReason("error") : null)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var calls = 0;
        var first = new ScriptedClient(question =>
        {
            if (++calls == 6) stop.Cancel();
            return Cost(ScriptedClient.Response("{\"words\": [\"harmful\"]}", question.EndsWith("request 4", StringComparison.Ordinal) ? new ChatFinishReason("error") : null));
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Run(Assisted(first) with { Concurrency = 1 }, folder.Path, stop.Token));

        var document = await Run(Assisted(broken) with { Concurrency = 1 }, folder.Path, Token);

        broken.Asked.Count.ShouldBe(15);
        document.Attacks.Single().Unprepared!.ShouldHaveSingleItem().Reason.ShouldContain("'error'");
        document.Cost!.Lines.Single(line => line.Spender == Spender.Helper).Calls.ShouldBe(21);
    }

    [Fact]
    public async Task Probes_of_a_run_that_is_stopped_are_not_asked_again_and_stay_on_the_bill()
    {
        var (first, request) = Probing(budget: 7);
        await Should.ThrowAsync<BudgetReachedException>(() => Run(request, folder.Path, Token));
        var (rest, enough) = Probing(budget: 1000);

        var document = await Run(enough, folder.Path, Token);

        var asked = first.Asked.Concat(rest.Asked).ToList();
        first.Asked.Count.ShouldBe(7);
        asked.Distinct(StringComparer.Ordinal).Count().ShouldBe(asked.Count);
        document.Cost!.Lines.Single(line => line.Spender == Spender.Baseline).Calls.ShouldBe(asked.Count);
        document.Attacks.Single(attack => attack.Id == "base64").Probe!.Asked.ShouldBe(5);
    }

    /// <summary>Whether a server tells probabilities is asked for one token. They are not written down, so a later sitting asks again; either is billed, and so is a task's answer that
    /// came without them.</summary>
    [Fact]
    public async Task Questions_about_probabilities_and_answers_without_them_are_on_the_bill()
    {
        var isMute = true;
        using var baseline = new TellingClient(question => !question.StartsWith("Which is 3", StringComparison.Ordinal) || !isMute);
        using var candidate = new TellingClient(_ => true);
        var suite = Suite.Create("mine", "1", [.. Prompts(4).Prompts, .. Enumerable.Range(0, 8).Select(i => SuitePrompt.Create($"Which is {i}?\nA) one\nB) two", PromptKind.Capability, answer: "B"))]);
        AuditRequest Asking(ScriptedClient helper) => Request(baseline, candidate, suite, "auto_payload_splitting") with { Helper = Helper(helper), Judge = new RefusalJudge() };
        var dead = new ScriptedClient(_ => throw new HttpRequestException("gone"));
        await Should.ThrowAsync<HelperUnavailableException>(() => Run(Asking(dead), folder.Path, Token));
        baseline.Asked.ShouldBe(1);

        var document = await Run(Asking(Writing()), folder.Path, Token);

        RunFolder.Look(folder.Path).Plan.Choices.ShouldBe(ChoiceReading.LogProbability);
        (document.Counts.Scored, document.Counts.Unscored).ShouldBe((11, 1));
        baseline.Asked.ShouldBe(2 + 12);
        document.Cost!.Lines.Single(line => line.Spender == Spender.Baseline).Calls.ShouldBe(baseline.Asked);
        isMute = false;
        document = await Run(Asking(Writing()), folder.Path, Token);
        (document.Counts.Scored, document.Cost!.Lines.Single(line => line.Spender == Spender.Baseline).Calls).ShouldBe((12, baseline.Asked));
        baseline.Asked.ShouldBe(15);
    }

    Task<(ScriptedClient Helper, BudgetReachedException Reached)> StopsAtAsync(decimal budget) => Preparations.StopsAtAsync(folder.Path, budget, Token);

    static (ScriptedClient Baseline, AuditRequest Request) Probing(decimal budget)
    {
        var baseline = new ScriptedClient(_ => Cost(ScriptedClient.Response("4 0 0")));
        var ledger = new SpendingLedger("USD", budget);
        var request = Request(new LimitedClient(ledger.Meter(new PricedModel(Spender.Baseline, "before", new ModelPrice(0, 1_000_000)), baseline)), ScriptedClient.Saying(_ => "4 0 0"), Prompts(4), "none", "base64", "rot13");
        ledger.Enter(new PricedModel(Spender.Candidate, "after", ModelPrice.Free));
        return (baseline, request with { Spending = ledger });
    }

    /// <summary>Tells the likeliest tokens where it is asked for them, or not.</summary>
    sealed class TellingClient(Func<string, bool> tells) : DelegatingChatClient(ScriptedClient.Saying(_ => "I'm sorry, but I can't help with that.")), ITokenTeller
    {
        int asked;

        public int Asked => Volatile.Read(ref asked);

        public int MostTokens => 20;

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref asked);
            var sent = messages.ToList();
            var response = Cost(await base.GetResponseAsync(sent, options, cancellationToken));
            if (TokenProbabilities.AskedIn(options) is not null && tells(sent[^1].Text))
                TokenProbabilities.Attach(response, [new TokenProbability("B", -0.1), new TokenProbability("A", -3)]);
            return response;
        }
    }

    sealed class Told(Action<AuditProgress> take) : IProgress<AuditProgress>
    {
        public void Report(AuditProgress value) => take(value);
    }

    /// <summary>Answers once a later call is refused for all others too.</summary>
    sealed class GatedClient(IChatClient inner, int refused, TaskCompletionSource isOpen, string reason) : DelegatingChatClient(inner)
    {
        int begun;

        public int Begun => Volatile.Read(ref begun);

        public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Increment(ref begun) == refused)
            {
                isOpen.SetResult();
                var failure = new HttpRequestException(reason);
                RefusedCalls.Attach(failure, RefusalScope.EveryCall);
                throw failure;
            }

            await isOpen.Task.WaitAsync(cancellationToken);
            // Those that are broken off end before this.
            await Task.Delay(50, cancellationToken);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
