using System.Text.Json.Serialization;

namespace Plumbline.Judges;

/// <summary>What a judge says of one answer: either a score or the reason why there is none, and always a sentence why.</summary>
public sealed record Judgement
{
    [JsonConstructor]
    internal Judgement(CriteriaScore? score, UnscoredReason? unscored, string reason)
    {
        if (score is null == unscored is null)
            throw new ArgumentException("A judgement is either scored or unscored.", nameof(score));

        Score = score;
        Unscored = unscored;
        Reason = reason;
    }

    /// <summary>The scores; null where the answer is unscored.</summary>
    public CriteriaScore? Score { get; }

    /// <summary>Why there is no score; null where there is one.</summary>
    public UnscoredReason? Unscored { get; }

    /// <summary>Why, in a short sentence.</summary>
    public string Reason { get; }

    /// <summary>A judgement with a score.</summary>
    public static Judgement Scored(CriteriaScore score, string reason) => new(score, unscored: null, reason);

    /// <summary>A judgement without a score.</summary>
    public static Judgement NotScored(UnscoredReason unscored, string reason) => new(score: null, unscored, reason);
}
