using System.Text.Json.Serialization;

namespace Plumbline.Reports.Demo;

/// <summary>How <c>demo.json</c> is written: camelCase, indented, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DemoDocument))]
public sealed partial class DemoJsonContext : JsonSerializerContext;
