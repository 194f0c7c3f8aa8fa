using System.Text.Json.Serialization;

namespace Plumbline.Gates;

/// <summary>How a gate's result is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(GateResult))]
public sealed partial class GateJsonContext : JsonSerializerContext;
