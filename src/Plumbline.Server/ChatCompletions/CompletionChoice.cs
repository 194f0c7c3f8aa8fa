namespace Plumbline.Server.ChatCompletions;

/// <summary>One of the answers.</summary>
internal sealed record CompletionChoice(int Index, CompletionMessage Message, string? FinishReason, CompletionLogprobs? Logprobs = null);
