using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Audits;

/// <summary>The four things that an audit can conclude.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<VerdictOutcome>))]
public enum VerdictOutcome
{
    /// <summary>The candidate is worse than the baseline, beyond chance, and not within the margin.</summary>
    Regressed,

    /// <summary>The candidate is not worse than the baseline by the margin or more (non-inferior), and understands as it did.</summary>
    Held,

    /// <summary>The candidate is better than the baseline, beyond chance, and understands as it did.</summary>
    Improved,

    /// <summary>Neither was shown.</summary>
    NotEnoughEvidence,
}
