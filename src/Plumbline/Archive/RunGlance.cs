using System.Text.Json.Serialization;
using Plumbline.Audits;

namespace Plumbline.Archive;

/// <summary>A run at a glance: a line of <c>plumb runs list</c>.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="RunId">The hash of what was planned.</param>
/// <param name="IsFinished">Whether it came to its end and has a result. A result of a run that was stopped, by a judge that was asked later, is no end.</param>
/// <param name="At">When it came to its end, or when its plan was written where it is not finished; in UTC.</param>
/// <param name="Baseline">The baseline's name, as it is shown.</param>
/// <param name="Candidate">The candidate's name, as it is shown.</param>
/// <param name="Suite">The suite's name.</param>
/// <param name="Judge">The judge; null where it has no result.</param>
/// <param name="Counts">Where its cases stand; null where it has no result, and nobody looked how far its own judge is.</param>
/// <param name="Outcome">The verdict; null where it has no result.</param>
/// <param name="Sentence">The verdict in a sentence; null where it has no result.</param>
public sealed record RunGlance(
    string Folder,
    string RunId,
    bool IsFinished,
    DateTimeOffset At,
    string Baseline,
    string Candidate,
    string Suite,
    string? Judge,
    CaseCounts? Counts,
    VerdictOutcome? Outcome,
    string? Sentence)
{
    /// <summary>Whether it was stopped before its cases were planned, while its attacks were prepared: its id and the names of what it asks are not known yet, and
    /// empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsPreparedOnly { get; init; }

    /// <summary>Whether every case that it needs was tried, and only its result is still to be written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUnwritten { get; init; }

    /// <summary>Whether a process works on it now: it asks, or is judged.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsInUse { get; init; }

    /// <summary>What is damaged in its folder, where, and what to do; null where nothing is, and where nobody looked through it all
    /// (<see cref="RunArchive.WhatIsDamaged"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Damage { get; init; }
}
