using System.Text.Json.Serialization;

namespace Plumbline.Cli.Summaries;

/// <summary>How labels are printed with <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LabelledRun))]
internal sealed partial class LabelJsonContext : JsonSerializerContext;
