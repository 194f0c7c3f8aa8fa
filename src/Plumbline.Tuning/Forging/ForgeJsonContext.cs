using System.Text.Json.Serialization;

namespace Plumbline.Tuning.Forging;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ForgeReport))]
sealed partial class ForgeJsonContext : JsonSerializerContext;
