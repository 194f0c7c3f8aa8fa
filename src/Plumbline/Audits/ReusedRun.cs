using System.Text.Json.Serialization;

namespace Plumbline.Audits;

/// <summary>What was taken over from one run.</summary>
/// <param name="Run">The id of the run that asked.</param>
/// <param name="Baseline">Answers taken for the baseline.</param>
/// <param name="Candidate">Answers taken for the candidate.</param>
/// <param name="FirstAt">When the first of them was answered, in UTC.</param>
/// <param name="LastAt">When the last of them was answered, in UTC.</param>
public sealed record ReusedRun(string Run, int Baseline, int Candidate, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    /// <summary>The cases of which it asked for both sides' answers: it could decide about this very pair from them. 0 of the same request in another folder,
    /// which decides the same from the same cases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Cases { get; init; }
}
