using System.Text.Json.Serialization;

namespace Plumbline.Gates;

/// <summary>What a policy makes of a run.</summary>
/// <param name="Outcome">Failed where a demand failed; passed where every one passed and few enough cases lack a score; otherwise
/// inconclusive.</param>
/// <param name="Sentence">The outcome in one sentence.</param>
/// <param name="Lines">One line a demand: the margins, then the limits.</param>
/// <param name="Planned">Cases that were planned.</param>
/// <param name="Missing">Cases without a score: unscored and pending.</param>
/// <param name="UnscoredCap">The largest share of them that was allowed.</param>
/// <param name="Confidence">The confidence of the intervals.</param>
public sealed record GateResult(
    GateOutcome Outcome,
    string Sentence,
    IReadOnlyList<GateLine> Lines,
    int Planned,
    int Missing,
    double UnscoredCap,
    double Confidence)
{
    /// <summary>What the baseline is called: as the user said, else by its name. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Baseline { get; init; }

    /// <summary>What the candidate is called, in the same way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Candidate { get; init; }

    /// <summary>What is to be known of the demands: a rule, or a margin, that is not the one that the run was planned with. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Cautions { get; init; }

    /// <summary>Whether more cases lack a score than the policy allows.</summary>
    public bool HasTooManyMissing => Missing > UnscoredCap * Planned;
}
