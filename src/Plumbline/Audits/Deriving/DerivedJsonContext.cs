using System.Text.Json.Serialization;

namespace Plumbline.Audits.Deriving;

/// <summary>How <c>derived.json</c> is written and read.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DerivedRecord))]
sealed partial class DerivedJsonContext : JsonSerializerContext;
