using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>
/// What a run's cases tell of understanding. Of the kinds of prompt on which the judge sees it at all, answers without a score may be those of a candidate
/// that understands nothing any more: what is left of such a kind says nothing for the whole.
/// </summary>
/// <param name="Judged">The cases with a score for understanding on both sides.</param>
/// <param name="Missing">The cases of the same kinds that have no score, or are pending.</param>
/// <param name="Asked">How many cases these kinds have.</param>
sealed record UnderstandingCases(IReadOnlyList<PairedCase> Judged, IReadOnlyList<PairedCase> Missing, int Asked)
{
    public static UnderstandingCases Of(IReadOnlyList<PairedCase> cases)
    {
        var judged = Comparisons.Scored(cases).Where(one => one.Baseline!.Score!.Understanding is not null && one.Candidate!.Score!.Understanding is not null).ToList();
        var kinds = judged.Select(one => one.Kind).ToHashSet();
        var seen = cases.Where(one => kinds.Contains(one.Kind)).ToList();
        return new UnderstandingCases(judged, seen.FindAll(one => one.Transition is null or Transition.Unscored), seen.Count);
    }

    /// <summary>The kinds of prompt on which understanding is judged.</summary>
    public IReadOnlyCollection<PromptKind> Kinds => [.. Judged.Select(one => one.Kind).Distinct()];

    /// <summary>Whether more of them have no score than the rule allows.</summary>
    public bool HasTooManyMissing(DecisionRule rule) => Missing.Count > rule.UnscoredCap * Asked;
}
