using System.Text.Json.Serialization;

namespace Plumbline.Tuning.Recipes;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(TuneDocument))]
sealed partial class TuneJsonContext : JsonSerializerContext;
