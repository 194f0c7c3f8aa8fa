using System.Text.Json.Serialization;

namespace Plumbline.Archive;

/// <summary>How runs at a glance are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<RunGlance>))]
public sealed partial class ArchiveJsonContext : JsonSerializerContext;
