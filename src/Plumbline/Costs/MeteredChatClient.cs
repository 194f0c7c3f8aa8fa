using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Plumbline.Costs;

/// <summary>Counts what a client's calls take, and sends none that the budget has no room for.</summary>
sealed class MeteredChatClient(IChatClient inner, SpendingLedger ledger, PricedModel model) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="BudgetReachedException">The call was not sent.</exception>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var reserved = await ledger.ReserveAsync(model, Texts(sent), options?.MaxOutputTokens, cancellationToken);
        var isSettled = false;
        try
        {
            var response = await base.GetResponseAsync(sent, options, cancellationToken);
            isSettled = true;
            ledger.Settle(model, reserved, Used(sent, response.Usage, response.Text));
            return response;
        }
        finally
        {
            if (!isSettled)
                ledger.Release(reserved);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="BudgetReachedException">The call was not sent.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var sent = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var reserved = await ledger.ReserveAsync(model, Texts(sent), options?.MaxOutputTokens, cancellationToken);
        var text = new System.Text.StringBuilder();
        UsageDetails? told = null;
        var any = false;
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(sent, options, cancellationToken))
            {
                any = true;
                text.Append(update.Text);
                told = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? told;
                yield return update;
            }
        }
        finally
        {
            // A stream that was left in the middle has been paid for as far as it came.
            if (any)
                ledger.Settle(model, reserved, Used(sent, told, text.ToString()));
            else
                ledger.Release(reserved);
        }
    }

    static IEnumerable<string> Texts(IEnumerable<ChatMessage> messages) => messages.Select(message => message.Text);

    /// <summary>What a call took, as its server tells it or the texts' length says.</summary>
    internal static TokenUsage Used(IEnumerable<ChatMessage> messages, UsageDetails? told, string answer) =>
        TokenUsage.OfCall((told?.InputTokenCount, told?.OutputTokenCount), (TokenEstimate.Of(Texts(messages)), TokenEstimate.Of(answer)));
}
