using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Runs;
using Shouldly;
using static Plumbline.Tests.Audits.SmallAudit;

namespace Plumbline.Tests.Audits;

/// <summary>Audits whose attack is prepared by a scripted helper.</summary>
static class Preparations
{
    public static async Task<(ScriptedClient Helper, BudgetReachedException Reached)> StopsAtAsync(string folder, decimal budget, CancellationToken token)
    {
        var (helper, request) = Budgeted(budget);
        return (helper, await Should.ThrowAsync<BudgetReachedException>(() => Run(request, folder, token)));
    }

    public static (ScriptedClient Helper, AuditRequest Request) Budgeted(decimal budget)
    {
        var helper = Writing();
        var ledger = new SpendingLedger("USD", budget);
        var request = Assisted(new LimitedClient(ledger.Meter(new PricedModel(Spender.Helper, "helper", new ModelPrice(0, 1_000_000)), helper)));
        ledger.Enter(new PricedModel(Spender.Baseline, "before", ModelPrice.Free));
        ledger.Enter(new PricedModel(Spender.Candidate, "after", ModelPrice.Free));
        return (helper, request with { Spending = ledger });
    }

    public static AuditRequest Assisted(IChatClient helper, int prompts = 20) => Request(
        new ScriptedClient(_ => Cost(ScriptedClient.Response("4 0 0"))), new ScriptedClient(_ => Cost(ScriptedClient.Response("4 0 0"))), Prompts(prompts), "auto_payload_splitting") with { Helper = Helper(helper) };

    public static AuditSide Helper(IChatClient client) => new(new ModelFacts("helper", "id-helper", new Dictionary<string, string>()), client);

    public static ScriptedClient Writing(Action? onCall = null) => new(_ =>
    {
        onCall?.Invoke();
        return Cost(ScriptedClient.Response("{\"words\": [\"harmful\"]}"));
    });

    public static ChatResponse Cost(ChatResponse response)
    {
        response.Usage = new UsageDetails { InputTokenCount = 2, OutputTokenCount = 1 };
        return response;
    }

    public static OperationCanceledException Cancelled(CancellationTokenSource source)
    {
        source.Cancel();
        return new OperationCanceledException(source.Token);
    }

    /// <summary>Sends a limit of one token, so that the most that a call can cost is what it costs.</summary>
    public sealed class LimitedClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var limited = options?.Clone() ?? new ChatOptions();
            limited.MaxOutputTokens = 1;
            return base.GetResponseAsync(messages, limited, cancellationToken);
        }
    }
}
