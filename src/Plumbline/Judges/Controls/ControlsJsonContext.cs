using System.Text.Json.Serialization;

namespace Plumbline.Judges.Controls;

/// <summary>How the files of <c>/judges</c> are written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ControlItem))]
[JsonSerializable(typeof(Injection))]
sealed partial class ControlsJsonContext : JsonSerializerContext;
