using System.Text.Json.Serialization;

namespace Plumbline.Runs;

/// <summary>How <c>plan.json</c> is written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunPlan))]
sealed partial class RunJsonContext : JsonSerializerContext;
