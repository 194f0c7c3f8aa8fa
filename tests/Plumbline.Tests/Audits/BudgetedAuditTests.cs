using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class BudgetedAuditTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    /// <summary>Each answer costs 1 and the budget is for seven: what fits is answered and kept, and a larger budget finishes the rest.</summary>
    [Fact]
    public async Task A_budget_stops_the_run_and_a_larger_one_resumes_it()
    {
        var first = Metered(budget: 7);
        var reached = await Should.ThrowAsync<BudgetReachedException>(() => Run(first.Request));
        reached.Spent.ShouldBe(7);
        (first.Baseline.Asked.Count + first.Candidate.Asked.Count).ShouldBe(7);

        // Resumed with nothing more, it stops at once.
        var again = Metered(budget: 7);
        (await Should.ThrowAsync<BudgetReachedException>(() => Run(again.Request))).Message.ShouldContain("7.00 USD are spent");
        (again.Baseline.Asked.Count + again.Candidate.Asked.Count).ShouldBe(0);

        var enough = Metered(budget: 20);
        var document = await Run(enough.Request);

        (enough.Baseline.Asked.Count + enough.Candidate.Asked.Count).ShouldBe(20 - 7);
        (document.Counts.Scored, document.Counts.Pending).ShouldBe((10, 0));
        document.Cost!.Total.ShouldBe(20);
        document.Cost.Budget.ShouldBe(20);
        document.Cost.Lines.ShouldBe([new CostLine(Spender.Baseline, "before", 10, 20, 10, 0, 10), new CostLine(Spender.Candidate, "after", 10, 20, 10, 0, 10)]);
    }

    [Fact]
    public async Task A_budget_ends_a_run_that_a_rule_watches()
    {
        var reached = await Should.ThrowAsync<BudgetReachedException>(() => Run(SequentialRule.Applied(Metered(budget: 7).Request, orderSeed: 1) with { Concurrency = 3 }));

        reached.Spent.ShouldBe(7);
    }

    /// <summary>The answer that comes while somebody stops the run is paid for, though it says nothing of its case.</summary>
    [Theory]
    [InlineData("error", 1)]
    [InlineData("stop", 0)]
    public async Task An_answer_that_ends_badly_while_the_run_is_stopped_is_on_the_bill(string finish, int usages)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        ChatResponse Stopping(string prompt)
        {
            stop.Cancel();
            return Cost(ScriptedClient.Response("4 0 0", new ChatFinishReason(finish)));
        }

        await Should.ThrowAsync<OperationCanceledException>(() => SmallAudit.Run(Metered(budget: 40, Stopping).Request with { Concurrency = 1 }, folder.Path, stop.Token));

        var (plan, state) = RunFolder.Look(folder.Path);
        RunUsage.Of(plan, state).Single(part => part.Spender == Spender.Candidate).Usage.ShouldBe(new TokenUsage(1, 2, 1, 0));
        File.ReadAllText(Path.Combine(folder.Path, "journal", "000001.jsonl")).Split('\n').Count(line => line.Contains("\"type\":\"usage\"", StringComparison.Ordinal)).ShouldBe(usages);
        var document = await Run(Metered(budget: 40).Request);
        document.Cost!.Lines.Sum(line => line.Calls).ShouldBe(20 + usages);
    }

    /// <summary>An answer that ends as none of the model's costs what another does, and so does asking for it again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_that_end_badly_stay_on_the_bill_and_count_against_the_budget(bool tells)
    {
        ChatResponse Ending(string prompt)
        {
            var response = Cost(ScriptedClient.Response("4 0 0", prompt.EndsWith('3') ? new ChatFinishReason("error") : null));
            if (!tells && prompt.EndsWith('3'))
                response.Usage = null;
            return response;
        }

        var first = Metered(budget: 40, Ending);
        var document = await Run(first.Request);
        var each = tells ? 1 : TokenEstimate.Of("4 0 0");

        document.Counts.Unscored.ShouldBe(1);
        document.Cost!.Total.ShouldBe(19 + each);
        first.Ledger.Spent.ShouldBe(19 + each);
        document.Cost.Lines[1].ShouldBe(new CostLine(Spender.Candidate, "after", 10, tells ? 20 : 18 + TokenEstimate.Of(["harmful request 3"]), 9 + each, tells ? 0 : 1, 9 + each));
        // Asked for again, it does not fit; where it does, it is billed again.
        var again = Metered(budget: 19 + each, Ending);
        await Should.ThrowAsync<BudgetReachedException>(() => Run(again.Request));
        again.Candidate.Asked.ShouldBeEmpty();
        (await Run(Metered(budget: 40, Ending).Request)).Cost!.Total.ShouldBe(19 + (2 * each));
    }

    /// <summary>The judge has its own line, survives a resume, and is counted once.</summary>
    [Fact]
    public async Task What_the_judge_spends_is_journaled_and_billed_on_its_own_line()
    {
        var first = Metered(budget: null);
        var judge = new AskingJudge(first.Ledger.Meter(new PricedModel(Spender.Judge, "judge", new ModelPrice(0, 500_000)), Costing()));
        await Run(first.Request with { Judge = judge });
        var second = Metered(budget: null);
        using var unused = second.Ledger.Meter(new PricedModel(Spender.Judge, "judge", new ModelPrice(0, 500_000)), Costing());

        var document = await Run(second.Request with { Judge = judge });

        document.Cost!.Lines[^1].ShouldBe(new CostLine(Spender.Judge, "judge", 20, 40, 20, 0, 10));
        document.Cost.Total.ShouldBe(30);
        second.Ledger.Spent.ShouldBe(30);
    }

    [Fact]
    public async Task A_case_that_a_client_cannot_answer_is_unscored_and_no_sign_of_a_dead_model()
    {
        var mostlySilent = new ScriptedClient(prompt => prompt.EndsWith('3') ? ScriptedClient.Response("4 0 0") : throw new CaseNotAnswerableException("nothing recorded"));
        var request = SmallAudit.Request(ScriptedClient.Saying(_ => "4 0 0"), mostlySilent, SmallAudit.Prompts(40));

        var document = await Run(request);

        (document.Counts.Scored, document.Counts.Unscored).ShouldBe((4, 36));
        document.Counts.UnscoredReasons.ShouldHaveSingleItem().Reason.ShouldBe(UnscoredReason.CallFailed);
        document.Cases[0].Candidate!.Reason.ShouldContain("nothing recorded");
    }

    [Fact]
    public async Task A_side_that_can_answer_no_case_at_all_is_told()
    {
        var silent = new ScriptedClient(_ => throw new CaseNotAnswerableException("nothing recorded"));

        (await Should.ThrowAsync<SideUnavailableException>(() => Run(SmallAudit.Request(ScriptedClient.Saying(_ => "4 0 0"), silent, SmallAudit.Prompts(3)))))
            .Message.ShouldContain("nothing recorded");
    }

    Task<AuditDocument> Run(AuditRequest request) => new AuditRunner(TimeProvider.System).RunAsync(request, folder.Path, progress: null, Token);

    static (AuditRequest Request, ScriptedClient Baseline, ScriptedClient Candidate, SpendingLedger Ledger) Metered(decimal? budget, Func<string, ChatResponse>? says = null)
    {
        var price = new ModelPrice(0, 1_000_000);
        var ledger = new SpendingLedger("USD", budget);
        var (baseline, candidate) = (Costing(), says is null ? Costing() : new ScriptedClient(says));
        var request = SmallAudit.Request(
            ledger.Meter(new PricedModel(Spender.Baseline, "before", price), baseline), ledger.Meter(new PricedModel(Spender.Candidate, "after", price), candidate), SmallAudit.Prompts(10));
        // One token an answer, and none more can be written: the most that a call can cost is what it costs.
        return (request with { Spending = ledger, Sampling = request.Sampling with { MaxOutputTokens = 1 } }, baseline, candidate, ledger);
    }

    static ScriptedClient Costing() => new(_ => Cost(ScriptedClient.Response("4 0 0")));

    static ChatResponse Cost(ChatResponse response)
    {
        response.Usage = new UsageDetails { InputTokenCount = 2, OutputTokenCount = 1 };
        return response;
    }

    /// <summary>Judges by asking a model, as far as the bill is concerned.</summary>
    sealed class AskingJudge(IChatClient client) : IJudge
    {
        readonly WordJudge inner = new();

        public string Id => "asking";

        public string Version => "1";

        public string Description => "Asks.";

        public IReadOnlyList<Criterion> Criteria => inner.Criteria;

        public bool ReadsTruncated => true;

        public async ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken)
        {
            await client.GetResponseAsync("judge this", cancellationToken: cancellationToken);
            return await inner.JudgeAsync(auditCase, response, cancellationToken);
        }
    }
}
