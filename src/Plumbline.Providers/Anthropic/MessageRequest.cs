using System.Text.Json;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
using Plumbline.Audits;

namespace Plumbline.Providers.Anthropic;

/// <summary>A conversation and its options, in the SDK's terms.</summary>
internal static class MessageRequest
{
    /// <summary>How long an answer may become where nobody says: the API wants a limit.</summary>
    public const int UsualLimit = 4096;

    /// <exception cref="CaseNotAnswerableException">The conversation has a shape that the API has no place for.</exception>
    public static MessageCreateParams Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options, AnthropicOptions model)
    {
        var system = messages.TakeWhile(message => message.Role == ChatRole.System).Select(message => message.Text).Where(text => text.Length > 0).ToList();
        List<MessageParam> conversation = [.. messages.SkipWhile(message => message.Role == ChatRole.System).Select(Message)];
        if (conversation.Count == 0) throw new CaseNotAnswerableException($"{model} takes no conversation without a user's message.");

        var request = new MessageCreateParams(Nothing, Nothing, Decoding(options, model))
        {
            Model = model.Model,
            MaxTokens = options?.MaxOutputTokens ?? UsualLimit,
            Messages = conversation,
        };
        if (system.Count > 0) request = request with { System = string.Join("\n\n", system) };
        return options?.StopSequences is { Count: > 0 } stops ? request with { StopSequences = [.. stops] } : request;
    }

    private static readonly IReadOnlyDictionary<string, JsonElement> Nothing = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>What Anthropic's own API uses where it is told no temperature (its reference of the Messages API).</summary>
    private const float OwnTemperature = 1;

    /// <summary>
    /// The SDK no longer lists these fields, since new models refuse them; the API of the others takes them. It knows no seed. Several of Anthropic's models
    /// refuse a temperature beside a top-p: where both are asked for, and the temperature is the one that its API uses anyway, it is left out, of every
    /// model and so on both sides alike. Another server of the same API may have another temperature of its own and is told.
    /// </summary>
    private static Dictionary<string, JsonElement> Decoding(ChatOptions? options, AnthropicOptions model)
    {
        var fields = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var isLeft = model.Quirks.LeavesTemperature || (options is { TopP: not null, Temperature: OwnTemperature } && model.IsVendors);
        if (options?.Temperature is { } temperature && !isLeft) fields["temperature"] = JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(temperature));
        if (options?.TopP is { } topP) fields["top_p"] = JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(topP));
        if (options?.TopK is { } topK) fields["top_k"] = JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(topK));
        return fields;
    }

    /// <summary>An assistant's message at the end is a prefill: the API continues it, and does not repeat it.</summary>
    private static MessageParam Message(ChatMessage message) =>
        message.Role == ChatRole.User ? new UserMessageParam(message.Text)
        : message.Role == ChatRole.Assistant ? new AssistantMessageParam(message.Text)
        : throw new CaseNotAnswerableException($"Anthropic's API takes system messages at the beginning only, and this conversation has a message of role '{message.Role}' later on.");
}
