using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Attacks;

/// <summary>Why an attack can work (Wei, Haghtalab and Steinhardt, arXiv 2307.02483, section 3).</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FailureMode>))]
public enum FailureMode
{
    /// <summary>The plain request: no attack.</summary>
    Control,

    /// <summary>Following the instruction is set against the safety objective.</summary>
    CompetingObjectives,

    /// <summary>The request lies where pretraining reaches and safety training does not.</summary>
    MismatchedGeneralisation,

    /// <summary>Both at once.</summary>
    Both,
}
