namespace Plumbline.Server.ChatCompletions;

/// <summary>A whole answer as the API gives it.</summary>
internal sealed record CompletionBody(
    string Id, long Created, string Model, IReadOnlyList<CompletionChoice> Choices, CompletionUsage? Usage, string Object = "chat.completion");
