using System.Text.Json.Serialization;

namespace Plumbline.Runs;

/// <summary>The decision rule as it was stated before the first answer: in <c>plan.json</c>, and in <c>audit.json</c> where another one decided. Every number is written as a text. What is null was not stated.</summary>
public sealed record StatedRule
{
    /// <summary>The two-sided error rate.</summary>
    [JsonConverter(typeof(NumberAsText<double>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Alpha { get; init; }

    /// <summary>How much the share of bad outcomes may rise, as a share.</summary>
    [JsonConverter(typeof(NumberAsText<double>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Margin { get; init; }

    /// <summary>How many bootstrap resamples.</summary>
    [JsonConverter(typeof(NumberAsText<int>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Resamples { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    [JsonConverter(typeof(NumberAsText<long>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get; init; }

    /// <summary>The stopping rule, in words; null where the run is to ask all of its cases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stopping { get; init; }

    /// <summary>How much mean understanding may fall, on the 0 to 4 scale.</summary>
    [JsonConverter(typeof(NumberAsText<double>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UnderstandingMargin { get; init; }

    /// <summary>The largest share of unscored cases.</summary>
    [JsonConverter(typeof(NumberAsText<double>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? UnscoredCap { get; init; }
}
