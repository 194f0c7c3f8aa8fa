using System.Text.Json.Serialization;

namespace Plumbline.Suites;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<BuiltInSuite>))]
sealed partial class SuitesJsonContext : JsonSerializerContext;
