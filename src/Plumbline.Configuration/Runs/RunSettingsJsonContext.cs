using System.Text.Json.Serialization;

namespace Plumbline.Configuration.Runs;

/// <summary>How <c>settings.json</c> is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(RunSettingsDocument))]
internal sealed partial class RunSettingsJsonContext : JsonSerializerContext;
