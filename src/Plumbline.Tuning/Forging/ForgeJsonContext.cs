using System.Text.Json.Serialization;

namespace Plumbline.Tuning.Forging;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ForgeReport))]
[JsonSerializable(typeof(ForgeState))]
[JsonSerializable(typeof(ForgeOptions))]
sealed partial class ForgeJsonContext : JsonSerializerContext;
