using System.Text.Json;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Costs;
using Plumbline.Providers.Endpoints;

namespace Plumbline.Providers.Anthropic;

/// <summary>What the SDK brought back, in the seam's terms.</summary>
internal static class MessageAnswer
{
    /// <exception cref="FormatException">The server sent JSON, but no message in it.</exception>
    public static ChatResponse Of(Message message)
    {
        // The SDK reads any object as a message, and complains where a part of it is used.
        if (!message.RawData.ContainsKey("content") || !message.RawData.ContainsKey("stop_reason")) throw ErrorBody.In(JsonSerializer.SerializeToElement(message.RawData)) ?? new FormatException("the answer is JSON, but no message");
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, Text(message)))
        {
            ResponseId = message.ID,
            ModelId = message.Model.Raw(),
            FinishReason = AnswerEnds.Reason(message.StopReason?.Raw()),
            Usage = Usage(message),
            RawRepresentation = message,
        };
    }

    /// <summary>What the model says; what it thinks before is not its answer.</summary>
    private static string Text(Message message) =>
        string.Concat(message.Content.Select(block => block.TryPickText(out var text) ? text.Text : ""));

    private static UsageDetails? Usage(Message message)
    {
        if (!message.RawData.ContainsKey("usage")) return null;
        var usage = message.Usage;
        // Each by itself: the sum of two that cannot be may look as though it could.
        var input = TokenUsage.Told(usage.InputTokens) + (TokenUsage.Told(usage.CacheCreationInputTokens) ?? 0) + (TokenUsage.Told(usage.CacheReadInputTokens) ?? 0);
        return ToldUsage.Of(input, usage.OutputTokens);
    }
}
