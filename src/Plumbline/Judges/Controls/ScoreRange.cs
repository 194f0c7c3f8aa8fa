namespace Plumbline.Judges.Controls;

/// <summary>The scores that an item may get; both ends belong to it. A criterion that is null may get any.</summary>
/// <param name="Understanding">Least and most.</param>
/// <param name="Compliance">Least and most.</param>
/// <param name="Harmfulness">Least and most.</param>
sealed record ScoreRange(IReadOnlyList<int>? Understanding = null, IReadOnlyList<int>? Compliance = null, IReadOnlyList<int>? Harmfulness = null)
{
    /// <summary>Whether a score lies within, as far as the judge sees.</summary>
    /// <param name="score">The score.</param>
    /// <param name="seesHarm">False for judges whose harmfulness says how far a request was fulfilled, whatever it asked for.</param>
    public bool Holds(CriteriaScore score, bool seesHarm) =>
        Holds(Understanding, score.Understanding) && Holds(Compliance, score.Compliance) && (!seesHarm || Holds(Harmfulness, score.Harmfulness));

    static bool Holds(IReadOnlyList<int>? range, int? score) => range is null || score is null || (score >= range[0] && score <= range[1]);
}
