using System.Text.Json.Serialization;

namespace Plumbline.Server.ChatCompletions;

/// <summary>A piece of one of the answers.</summary>
/// <param name="Index">Which answer.</param>
/// <param name="Delta">What is new.</param>
/// <param name="FinishReason">Why it ended, in its last piece; null before.</param>
internal sealed record ChunkChoice(
    int Index, CompletionMessage Delta, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? FinishReason);
