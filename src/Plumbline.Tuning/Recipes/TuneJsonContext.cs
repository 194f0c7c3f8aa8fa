using System.Text.Json.Serialization;
using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TuneDocument))]
[JsonSerializable(typeof(TuneState))]
[JsonSerializable(typeof(TrainingOptions))]
sealed partial class TuneJsonContext : JsonSerializerContext;
