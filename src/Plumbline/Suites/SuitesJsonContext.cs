using System.Text.Json.Serialization;

namespace Plumbline.Suites;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<BuiltInSuite>))]
[JsonSerializable(typeof(SuiteProvenance))]
sealed partial class SuitesJsonContext : JsonSerializerContext;
