using System.Text.Json.Serialization;

namespace Plumbline.Server.Models;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelEntry))]
[JsonSerializable(typeof(ServedProperties))]
internal sealed partial class ModelJson : JsonSerializerContext;
