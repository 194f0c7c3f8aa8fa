using System.Text.Json.Serialization;

namespace Plumbline.Gates;

/// <summary>What a policy makes of a run.</summary>
/// <param name="Outcome">Failed where a demand failed; passed where every one passed and few enough cases lack a score; otherwise
/// inconclusive.</param>
/// <param name="Sentence">The outcome in one sentence.</param>
/// <param name="Lines">One line a demand: the margins, then the limits.</param>
/// <param name="Planned">Cases that were planned.</param>
/// <param name="Unscored">Cases that were tried and have no score.</param>
/// <param name="Pending">Cases that are still to be tried: while there are any, nothing is decided.</param>
/// <param name="UnscoredCap">The largest share of unscored cases that was allowed.</param>
/// <param name="Confidence">The confidence of the intervals.</param>
public sealed record GateResult(
    GateOutcome Outcome,
    string Sentence,
    IReadOnlyList<GateLine> Lines,
    int Planned,
    int Unscored,
    int Pending,
    double UnscoredCap,
    double Confidence)
{
    /// <summary>What the baseline is called: as the user said, else by its name. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Baseline { get; init; }

    /// <summary>What the candidate is called, in the same way.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Candidate { get; init; }

    /// <summary>Whose scores it rests on. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GateJudge? Judge { get; init; }

    /// <summary>Where the demands were stated, the strongest place first. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GateSource>? Sources { get; init; }

    /// <summary>The demands that nothing states and that are the usual ones, by the names that a policy has for them. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Usual { get; init; }

    /// <summary>What is to be known of the demands: a rule, or a margin, that is not the one that the run was planned with. Null in a result of an earlier version.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Cautions { get; init; }

    /// <summary>Whether more cases are unscored than the policy allows.</summary>
    public bool HasTooManyUnscored => Unscored > UnscoredCap * Planned;
}
