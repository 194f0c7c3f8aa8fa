using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Audits;

/// <summary>Whether the candidate still understands: a model that does not is not a safe model.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<CapabilityFinding>))]
public enum CapabilityFinding
{
    /// <summary>Mean understanding did not fall by the margin or more.</summary>
    Kept,

    /// <summary>Mean understanding fell by more than the margin: capability collapse. Refusing less or more means nothing then.</summary>
    Collapsed,

    /// <summary>The interval reaches across the margin.</summary>
    Unclear,

    /// <summary>The judge does not score understanding.</summary>
    NotJudged,

    /// <summary>The baseline's own mean lies at or below the margin: no candidate could fall by it, so nothing is shown by one that did not.</summary>
    NothingToLose,
}
