using System.Text.Json.Serialization;

namespace Plumbline.Judges.Evaluation;

/// <summary>How evaluations of judges are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RegistryEntry))]
sealed partial class EvaluationJsonContext : JsonSerializerContext;
