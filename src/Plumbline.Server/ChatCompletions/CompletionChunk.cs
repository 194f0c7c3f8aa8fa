namespace Plumbline.Server.ChatCompletions;

/// <summary>A piece of a streamed answer as the API gives it.</summary>
internal sealed record CompletionChunk(
    string Id, long Created, string Model, IReadOnlyList<ChunkChoice> Choices, CompletionUsage? Usage, string Object = "chat.completion.chunk");
