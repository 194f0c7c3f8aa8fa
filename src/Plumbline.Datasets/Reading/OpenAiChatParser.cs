using System.Text.Json;
using Plumbline.Datasets.Conversations;

namespace Plumbline.Datasets.Reading;

/// <summary>
/// OpenAI's chat format: <c>{"messages":[{"role":"system|user|assistant","content":"…"}…]}</c>, ending with the assistant. Content may also
/// be an array of <c>{"type":"text","text"}</c> parts. Tool calls and images are refused, by name: bob's recipes train on text.
/// </summary>
sealed class OpenAiChatParser : IRowParser
{
    public Conversation Parse(RowContext context, JsonElement row)
    {
        if (!row.TryGetProperty("messages", out var messages)) throw context.Error("messages", "is missing. Every row needs it: the file began in OpenAI's chat format.");
        if (messages.ValueKind != JsonValueKind.Array) throw context.Error("messages", $"is {RowContext.Describe(messages)}, expected an array of messages.");
        if (messages.GetArrayLength() == 0) throw context.Error("messages", "is empty. Give at least a user and an assistant message.");

        var turns = new List<ConversationTurn>(messages.GetArrayLength());
        foreach (var message in messages.EnumerateArray()) turns.Add(Turn(context, message, $"messages[{turns.Count}]"));
        if (turns.FindLastIndex(t => t.Role == ConversationRole.System) > 0)
            throw context.Error("messages", "has a system message that is not the first. Move it to the front.");
        if (turns[^1].Role != ConversationRole.Assistant)
            throw context.Error($"messages[{turns.Count - 1}].role", $"is '{turns[^1].RoleName}': the last message must be the assistant's, since that is what is learned.");
        return new Conversation(turns);
    }

    static ConversationTurn Turn(RowContext context, JsonElement message, string path)
    {
        if (message.ValueKind != JsonValueKind.Object) throw context.Error(path, $"is {RowContext.Describe(message)}, expected an object with 'role' and 'content'.");
        var role = context.Text(message, "role", path + ".role") switch
        {
            "system" or "developer" => ConversationRole.System,
            "user" => ConversationRole.User,
            "assistant" => ConversationRole.Assistant,
            var other => throw context.Error(path + ".role", $"is '{other}', expected system, user or assistant. Tool messages are not supported: remove the row."),
        };
        var content = Content(context, message, path + ".content");
        if (role != ConversationRole.System && string.IsNullOrWhiteSpace(content)) throw context.Error(path + ".content", "is empty. Write the text, or remove the row.");
        return new ConversationTurn(role, content);
    }

    static string Content(RowContext context, JsonElement message, string path)
    {
        if (!message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
            return context.Text(message, "content", path);

        var parts = new List<string>();
        foreach (var part in content.EnumerateArray())
        {
            var place = $"{path}[{parts.Count}]";
            if (part.ValueKind != JsonValueKind.Object) throw context.Error(place, $"is {RowContext.Describe(part)}, expected an object with 'type' and 'text'.");
            var type = context.Text(part, "type", place + ".type");
            if (type != "text") throw context.Error(place + ".type", $"is '{type}', expected 'text': only text can be trained on.");
            parts.Add(context.Text(part, "text", place + ".text"));
        }

        return string.Concat(parts);
    }
}
