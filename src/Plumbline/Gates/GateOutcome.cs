using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Gates;

/// <summary>What a gate, or one of its demands, comes to.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<GateOutcome>))]
public enum GateOutcome
{
    /// <summary>Shown to be within the margin.</summary>
    Passed,

    /// <summary>Shown to be worse, and not shown to be within the margin.</summary>
    Failed,

    /// <summary>Neither is shown.</summary>
    Inconclusive,
}
