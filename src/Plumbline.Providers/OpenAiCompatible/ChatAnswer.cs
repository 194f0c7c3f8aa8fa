using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Plumbline.Calls;
using Plumbline.Choices;
using Plumbline.Providers.Endpoints;
using AIFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using AIMessage = Microsoft.Extensions.AI.ChatMessage;
using FinishReason = OpenAI.Chat.ChatFinishReason;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// What the server answered, in the seam's terms. A whole answer is read here and not by the SDK, which refuses all of it where one of its words (a finish
/// reason, a role, a kind of part) is not OpenAI's own; what matters is whether a choice with a text is in it.
/// </summary>
internal static class ChatAnswer
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is JSON, but no answer is in it.</exception>
    public static ChatResponse Response(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var answer = document.RootElement;
        if (Field(answer, "choices") is not { ValueKind: JsonValueKind.Array } choices || choices.GetArrayLength() == 0)
            throw ErrorBody.In(answer) ?? new FormatException("the answer is JSON without a single choice in it");

        var said = Text(choices[0], "finish_reason");
        var response = new ChatResponse(new AIMessage(ChatRole.Assistant, Message(choices[0], said)))
        {
            ResponseId = Text(answer, "id"),
            ModelId = Text(answer, "model"),
            FinishReason = AnswerEnds.Reason(said),
            Usage = Field(answer, "usage") is { ValueKind: JsonValueKind.Object } usage
                ? ToldUsage.Of(Count(usage, "prompt_tokens"), Count(usage, "completion_tokens"), Count(usage, "total_tokens"))
                : null,
        };
        if (AnswerTokens.Of(choices[0]) is { } tokens) TokenProbabilities.Attach(response, tokens);
        return response;
    }

    /// <summary>One piece of a stream, as the SDK read it.</summary>
    public static ChatResponseUpdate Update(StreamingChatCompletionUpdate update)
    {
        var text = string.Concat(update.ContentUpdate.Select(part => part.Text)) + update.RefusalUpdate;
        var contents = new List<AIContent>(2);
        if (text.Length > 0) contents.Add(new TextContent(text));
        if (update.Usage is { } usage) contents.Add(new UsageContent(ToldUsage.Of(usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount)));
        return new ChatResponseUpdate(ChatRole.Assistant, contents)
        {
            ResponseId = update.CompletionId,
            ModelId = update.Model,
            CreatedAt = update.CreatedAt,
            FinishReason = update.FinishReason switch
            {
                null => null,
                FinishReason.Length => AIFinishReason.Length,
                FinishReason.ContentFilter => AIFinishReason.ContentFilter,
                FinishReason.ToolCalls or FinishReason.FunctionCall => AIFinishReason.ToolCalls,
                _ => AIFinishReason.Stop,
            },
            RawRepresentation = update,
        };
    }

    private static string Message(JsonElement choice, string? said)
    {
        if (Field(choice, "message") is not { ValueKind: JsonValueKind.Object } message)
        {
            // Who withholds an answer, or fails in the middle of it, may leave nothing in its place.
            return AnswerEnds.Of(said) is AnswerEnd.Withheld or AnswerEnd.Unknown ? "" : throw new FormatException("the first choice of the answer has no message");
        }

        var text = Content(Field(message, "content"));
        return text.Length > 0 ? text : Text(message, "refusal") ?? "";
    }

    /// <summary>A text, or the text parts of a list; parts of other kinds, such as what a model thinks before it answers, are not its answer.</summary>
    private static string Content(JsonElement? content) => content switch
    {
        null or { ValueKind: JsonValueKind.Null } => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : Text(part, "text"))),
        { } other => throw new FormatException($"the content of the answer is no text, but {other.ValueKind.ToString().ToLowerInvariant()}"),
    };

    private static JsonElement? Field(JsonElement fields, string name) => fields.ValueKind == JsonValueKind.Object && fields.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement fields, string name) => Field(fields, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Count(JsonElement fields, string name) => Field(fields, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) ? count : null;
}
