using System.Text.Json.Serialization;

namespace Plumbline.Judges;

/// <summary>What a judge says of one answer: either a score or the reason why there is none, and always a sentence why.</summary>
public sealed record Judgement
{
    [JsonConstructor]
    internal Judgement(CriteriaScore? score, UnscoredReason? unscored, string reason, IReadOnlyDictionary<string, double>? native = null)
    {
        if (score is null == unscored is null)
            throw new ArgumentException("A judgement is either scored or unscored.", nameof(score));

        Score = score;
        Unscored = unscored;
        Reason = reason;
        Native = native;
    }

    /// <summary>The scores; null where the answer is unscored.</summary>
    public CriteriaScore? Score { get; }

    /// <summary>Why there is no score; null where there is one.</summary>
    public UnscoredReason? Unscored { get; }

    /// <summary>Why, in a short sentence.</summary>
    public string Reason { get; }

    /// <summary>What the judge said on its own scale, by name, where that is not the criteria's: "policy" 1 to 5, "strongReject" 0 to 1. Null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, double>? Native { get; }

    /// <summary>A judgement with a score.</summary>
    /// <param name="score">The scores on the criteria.</param>
    /// <param name="reason">Why.</param>
    /// <param name="native">The same on the judge's own scale, where it has one.</param>
    public static Judgement Scored(CriteriaScore score, string reason, IReadOnlyDictionary<string, double>? native = null) =>
        new(score, unscored: null, reason, native);

    /// <summary>A judgement without a score.</summary>
    public static Judgement NotScored(UnscoredReason unscored, string reason) => new(score: null, unscored, reason);
}
