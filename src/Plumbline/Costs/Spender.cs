using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Costs;

/// <summary>What a call is for: each has its own line on the bill.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Spender>))]
public enum Spender
{
    /// <summary>Asking the model before fine-tuning.</summary>
    Baseline,

    /// <summary>Asking the model after it.</summary>
    Candidate,

    /// <summary>Scoring answers.</summary>
    Judge,

    /// <summary>Preparing attacks.</summary>
    Helper,
}
