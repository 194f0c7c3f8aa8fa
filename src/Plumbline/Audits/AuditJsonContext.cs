using System.Text.Json.Serialization;

namespace Plumbline.Audits;

/// <summary>How <c>audit.json</c> is written and read: camelCase, indented, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditDocument))]
public sealed partial class AuditJsonContext : JsonSerializerContext;
