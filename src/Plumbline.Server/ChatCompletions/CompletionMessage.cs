namespace Plumbline.Server.ChatCompletions;

/// <summary>What the assistant says; in a stream, what it says next.</summary>
internal sealed record CompletionMessage(string? Role, string? Content);
