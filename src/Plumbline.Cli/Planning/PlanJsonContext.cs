using System.Text.Json.Serialization;

namespace Plumbline.Cli.Planning;

/// <summary>How a plan is written for scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PlannedAudit))]
internal sealed partial class PlanJsonContext : JsonSerializerContext;
