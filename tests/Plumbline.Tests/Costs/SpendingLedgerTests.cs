using Microsoft.Extensions.AI;
using Plumbline.Costs;
using Plumbline.Tests.Audits;
using Shouldly;

namespace Plumbline.Tests.Costs;

public sealed class SpendingLedgerTests
{
    // A thousand tokens written cost 1; what is read is free, so that the sums are easy.
    static readonly PricedModel Priced = new(Spender.Baseline, "m", new ModelPrice(0, 1000));
    static readonly ChatOptions Limit = new() { MaxOutputTokens = 1000 };

    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_server_tells_is_counted_and_what_it_does_not_is_reckoned()
    {
        var ledger = new SpendingLedger("USD");
        using var telling = ledger.Meter(new PricedModel(Spender.Candidate, "told", new ModelPrice(2, 10)), Saying("yes", (1_000_000, 100_000)));
        using var silent = ledger.Meter(new PricedModel(Spender.Judge, "silent", null), Saying("12345678", usage: null));
        var bills = new List<(Spender, string, TokenUsage)>();
        ledger.Join([], (spender, model, usage) => Written(() => bills.Add((spender, model, usage))));

        await telling.GetResponseAsync("?", Limit, Token);
        await silent.GetResponseAsync("four", Limit, Token);

        ledger.Spent.ShouldBe(2 + 1);
        // Only the judge's: the candidate's tokens stand in the journal with its answers.
        bills.ShouldBe([(Spender.Judge, "silent", new TokenUsage(1, 4 + 1, 2, 1))]);
        var bill = ledger.Bill([(Spender.Candidate, "told", new TokenUsage(1, 1_000_000, 100_000, 0)), .. bills]);
        bill.Lines.ShouldBe([new CostLine(Spender.Candidate, "told", 1, 1_000_000, 100_000, 0, 3), new CostLine(Spender.Judge, "silent", 1, 5, 2, 1, null)]);
        bill.Total.ShouldBeNull("a line without a price has no amount, and a sum without it would be too small");
    }

    /// <summary>A count below 0 would give spent money back, and the sum of two that fill 64 bits is below 0.</summary>
    [Theory]
    [InlineData(-1_000_000, -1)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(long.MinValue, 100_000_001)]
    public async Task Counts_that_no_call_can_have_are_reckoned_from_the_text(long input, long output)
    {
        var ledger = new SpendingLedger("USD", budget: 1000);
        using var client = ledger.Meter(new PricedModel(Spender.Judge, "m", new ModelPrice(1_000_000, 1_000_000)), Saying("12345678", (input, output)));
        var bills = new List<TokenUsage>();
        ledger.Join([], (_, _, usage) => Written(() => bills.Add(usage)));

        await client.GetResponseAsync("four", new ChatOptions { MaxOutputTokens = 10 }, Token);
        await client.GetResponseAsync("four", new ChatOptions { MaxOutputTokens = 10 }, Token);

        bills.ShouldAllBe(usage => usage == new TokenUsage(1, 4 + 1, 2, 1));
        ledger.Spent.ShouldBe(14);
    }

    [Fact]
    public async Task A_failed_call_costs_nothing_and_gives_its_share_of_the_budget_back()
    {
        var ledger = new SpendingLedger("USD", budget: 1.5m);
        var fails = true;
        using var client = ledger.Meter(Priced, new ScriptedClient(_ => fails ? throw new IOException("gone") : Response("ok", (1, 1000))));

        await Should.ThrowAsync<IOException>(() => client.GetResponseAsync("?", Limit, Token));
        fails = false;
        await client.GetResponseAsync("?", Limit, Token);

        ledger.Spent.ShouldBe(1);
        (await Should.ThrowAsync<BudgetReachedException>(() => client.GetResponseAsync("?", Limit, Token))).Message.ShouldContain("1.00 USD are spent");
    }

    /// <summary>However many calls are made at once, the budget holds, and all of it that can be used is.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public async Task Calls_at_once_never_spend_more_than_the_budget(int tokensEach)
    {
        const decimal Budget = 20.5m;
        var ledger = new SpendingLedger("USD", Budget);
        using var client = ledger.Meter(Priced, Slow(tokensEach));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3000).Select(_ => Ask(client)));

        ledger.Spent.ShouldBeLessThanOrEqualTo(Budget);
        ledger.Spent.ShouldBe(outcomes.Count(answered => answered) * tokensEach / 1000m);
        // The last call that fits beside nothing else is sent; the next one might cost 1.
        ledger.Spent.ShouldBeGreaterThan(Budget - 1 - (tokensEach / 1000m));
        if (tokensEach == 1000) outcomes.Count(answered => answered).ShouldBe(20);
    }

    /// <summary>A tokenizer that falls back to bytes takes four tokens for a rare emoji.</summary>
    [Fact]
    public async Task A_call_of_rare_characters_is_not_sent_where_it_might_not_fit()
    {
        var ledger = new SpendingLedger("USD", budget: 3);
        using var client = ledger.Meter(new PricedModel(Spender.Baseline, "m", new ModelPrice(1000, 0)), Saying("ok", (4008, 1)));

        await Should.ThrowAsync<BudgetReachedException>(() => client.GetResponseAsync(string.Concat(Enumerable.Repeat("🫠", 1000)), Limit, Token));

        ledger.Spent.ShouldBe(0);
    }

    [Fact]
    public async Task A_resumed_run_starts_with_what_it_has_spent()
    {
        var ledger = new SpendingLedger("USD", budget: 3);
        using var client = ledger.Meter(Priced, Saying("ok", (1, 1000)));
        await client.GetResponseAsync("probe", Limit, Token);

        // What is written down holds the call of this sitting too. The same model may have had another name before.
        ledger.Join([(Spender.Baseline, "./m", new TokenUsage(1, 0, 1500, 0)), (Spender.Baseline, "m", new TokenUsage(1, 1, 1000, 0))], (_, _, _) => Task.CompletedTask);

        ledger.Spent.ShouldBe(2.5m);
        await Should.ThrowAsync<BudgetReachedException>(() => client.GetResponseAsync("?", Limit, Token));
    }

    [Fact]
    public async Task What_was_billed_before_stays_as_long_as_nobody_names_another_price_and_no_more_is_used()
    {
        var usage = new TokenUsage(2, 20, 10, 0);
        CostLine Line(Spender spender, string model, decimal? amount) => new(spender, model, 2, 20, 10, 0, amount);
        var earlier = new CostSummary("EUR", [Line(Spender.Baseline, "a", 5), Line(Spender.Candidate, "b", 7), Line(Spender.Judge, "old", 3)], 15, 100);
        var used = new[] { (Spender.Baseline, "a", usage), (Spender.Candidate, "b", usage), (Spender.Judge, "old", usage), (Spender.Judge, "new", usage) };

        var unpriced = new SpendingLedger();
        unpriced.Enter(new PricedModel(Spender.Baseline, "a", null));
        unpriced.Keep(earlier);
        var kept = unpriced.Bill(used);
        kept.Currency.ShouldBe("EUR");
        kept.Lines.Select(line => line.Amount).ShouldBe([5, 7, null, 3], "sorted by name: the new judge has no price");
        unpriced.Bill([.. used[..2], (Spender.Judge, "old", usage + usage)]).Lines[2].Amount.ShouldBeNull("more was asked, at a price that nobody knows");

        // A price that is named now is the user's word; another judge's is no price of this one.
        var priced = new SpendingLedger("EUR", budget: 30);
        priced.Enter(new PricedModel(Spender.Baseline, "a", new ModelPrice(0, 1_000_000)));
        priced.Enter(new PricedModel(Spender.Judge, "new", ModelPrice.Free));
        priced.Keep(earlier);
        priced.Join(used, (_, _, _) => Task.CompletedTask);
        priced.Bill(used).Lines.Select(line => line.Amount).ShouldBe([10, 7, 0, 3]);
        priced.Spent.ShouldBe(20);

        var dollars = new SpendingLedger("USD");
        dollars.Keep(earlier);
        dollars.Bill(used).Lines.ShouldAllBe(line => line.Amount == null);
    }

    [Fact]
    public async Task An_answer_does_not_wait_for_its_usage_to_be_written_and_a_failure_to_write_it_is_told()
    {
        var ledger = new SpendingLedger("USD");
        using var judge = ledger.Meter(new PricedModel(Spender.Judge, "j", new ModelPrice(0, 1000)), Saying("yes", (1, 1000)));
        var writes = new Queue<TaskCompletionSource>([new(), new()]);
        var (first, second) = (writes.Peek(), writes.Last());
        ledger.Join([], (_, _, _) => writes.Dequeue().Task);

        await judge.GetResponseAsync("?", Limit, Token);
        await judge.GetResponseAsync("?", Limit, Token);

        writes.ShouldBeEmpty("both are handed over before the answers are");
        ledger.LeaveAsync().IsCompleted.ShouldBeFalse();
        second.SetResult();
        ledger.LeaveAsync().IsCompleted.ShouldBeFalse();
        first.SetException(new IOException("no space"));
        (await Should.ThrowAsync<IOException>(ledger.LeaveAsync)).Message.ShouldBe("no space");
    }

    [Fact]
    public async Task What_is_answered_after_the_run_was_left_is_not_lost_without_a_word()
    {
        var ledger = new SpendingLedger("USD");
        using var judge = ledger.Meter(new PricedModel(Spender.Judge, "j", new ModelPrice(0, 1000)), Saying("yes", (1, 1000)));
        var handedOver = 0;
        ledger.Join([], (_, _, _) => Task.FromResult(handedOver++));
        await judge.GetResponseAsync("?", Limit, Token);

        await ledger.LeaveAsync();

        (await Should.ThrowAsync<InvalidOperationException>(judge.GetResponseAsync("?", Limit, Token))).Message.ShouldContain("in no journal");
        handedOver.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_is_counted_too()
    {
        var ledger = new SpendingLedger("USD");
        using var client = ledger.Meter(Priced, Saying("ok", (1, 500)));

        (await client.GetStreamingResponseAsync("?", Limit, Token).ToListAsync(Token)).ShouldNotBeEmpty();

        ledger.Spent.ShouldBe(0.5m);
        ledger.Describe(asked: 0.25, judged: 1).ShouldBe("0.50 USD spent, about 2.00 USD in all");
    }

    [Fact]
    public void What_cannot_be_held_against_a_budget_is_told_before_the_first_call()
    {
        Should.Throw<PriceException>(() => new SpendingLedger("USD", 1).Meter(new PricedModel(Spender.Judge, "j", null), Saying("", null))).Message.ShouldContain("no price for the judge 'j'");
        Should.Throw<PriceException>(() => new SpendingLedger(null, 1));
        Should.Throw<PriceException>(() => new SpendingLedger("USD", 0));
    }

    [Theory]
    [InlineData("0", "0.00 EUR")]
    [InlineData("1234.5", "1,234.50 EUR")]
    [InlineData("0.00425", "0.0043 EUR")]
    public void Amounts_have_two_to_four_decimals(string amount, string expected) =>
        Money.Of(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture), "EUR").ShouldBe(expected);

    static Task Written(Action write)
    {
        write();
        return Task.CompletedTask;
    }

    static async Task<bool> Ask(IChatClient client)
    {
        try
        {
            await client.GetResponseAsync("?", Limit, Token);
            return true;
        }
        catch (BudgetReachedException)
        {
            return false;
        }
    }

    static ScriptedClient Saying(string text, (long Input, long Output)? usage) => new(_ => Response(text, usage));

    static ChatResponse Response(string text, (long Input, long Output)? usage)
    {
        var response = ScriptedClient.Response(text);
        response.Usage = usage is { } told ? new UsageDetails { InputTokenCount = told.Input, OutputTokenCount = told.Output } : null;
        return response;
    }

    static ScriptedClient Slow(int tokens) => new(_ => Response("ok", (0, tokens)));
}
