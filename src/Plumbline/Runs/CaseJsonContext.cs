using System.Text.Json.Serialization;
using Plumbline.Cases;

namespace Plumbline.Runs;

/// <summary>How the cases of <c>plan.json</c> are written: one line each.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditCase))]
sealed partial class CaseJsonContext : JsonSerializerContext;
