using System.Text.Json.Serialization;

namespace Plumbline.Gates;

/// <summary>Whose scores a gate decided by.</summary>
/// <param name="Id">The judge's name.</param>
/// <param name="Version">The judge's version.</param>
public sealed record GateJudge(string Id, string Version)
{
    /// <summary>The judge that the run was started with, where that is another one; null where it is this one, and where it is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Own { get; init; }

    /// <summary>When it judged last, in UTC, where that is after the run's end: the run's own judge never does. Null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? JudgedAt { get; init; }
}
