using System.Text.Json.Serialization;

namespace Plumbline.Runs;

/// <summary>How journal records are written: one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(JournalRecord))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
sealed partial class JournalJsonContext : JsonSerializerContext;
