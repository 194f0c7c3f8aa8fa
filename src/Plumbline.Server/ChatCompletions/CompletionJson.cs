using System.Text.Json.Serialization;

namespace Plumbline.Server.ChatCompletions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CompletionBody))]
[JsonSerializable(typeof(CompletionChunk))]
internal sealed partial class CompletionJson : JsonSerializerContext;
