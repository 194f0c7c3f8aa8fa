using System.Text.Json;
using Microsoft.Extensions.AI;
using Plumbline.Server.Errors;

namespace Plumbline.Server.ChatCompletions;

/// <summary>Reads the list of messages: text, as a string or as parts.</summary>
internal static class MessageReader
{
    /// <exception cref="ApiException">No list, an empty one, an unknown role, or content other than text.</exception>
    public static IReadOnlyList<ChatMessage> Read(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() == 0)
            throw new ApiException("The field messages must be a list of at least one message.") { Param = "messages" };
        return [.. list.EnumerateArray().Select(Message)];
    }

    private static ChatMessage Message(JsonElement message, int index)
    {
        var path = $"messages[{index}]";
        if (message.ValueKind != JsonValueKind.Object)
            throw new ApiException($"{path} must be an object with role and content.") { Param = path };
        var fields = new FieldReader(message);
        var role = fields.Text("role") switch
        {
            "system" or "developer" => ChatRole.System,
            "user" => ChatRole.User,
            "assistant" => ChatRole.Assistant,
            var other => throw new ApiException($"{path}.role must be system, developer, user or assistant; it is {other ?? "missing"}.") { Param = $"{path}.role" },
        };
        if (fields.Value("tool_calls") is { ValueKind: JsonValueKind.Array } calls && calls.GetArrayLength() > 0)
            throw new ApiException($"{path} holds tool calls, which this server does not know.") { Param = $"{path}.tool_calls" };
        return new ChatMessage(role, Text(fields.Value("content"), $"{path}.content"));
    }

    private static string Text(JsonElement? content, string path) => content switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => Part(part, path))),
        _ => throw new ApiException($"{path} must be a string or a list of text parts.") { Param = path },
    };

    private static string Part(JsonElement part, string path) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text")
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new ApiException($"{path} may hold parts of type text only.") { Param = path };
}
