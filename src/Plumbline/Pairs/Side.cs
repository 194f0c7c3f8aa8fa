using System.Text.Json.Serialization;
using Plumbline.Json;

namespace Plumbline.Pairs;

/// <summary>The two sides of a pair.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Side>))]
public enum Side
{
    /// <summary>The model before fine-tuning.</summary>
    Baseline,

    /// <summary>The model after it.</summary>
    Candidate,
}
