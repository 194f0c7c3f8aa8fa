using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Baseline against candidate on the prompts of one kind. Only cases that are scored on both sides enter the figures.</summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Counts">Where this kind's cases stand.</param>
/// <param name="Criteria">Means and paired differences, one entry per criterion that was judged.</param>
/// <param name="Outcome">The share of bad outcomes on both sides and their comparison; null where no case is scored.</param>
/// <param name="Transitions">What the cases did from baseline to candidate.</param>
/// <param name="ByAttack">The same by attack.</param>
/// <param name="ByCategory">The same by category.</param>
public sealed record KindComparison(
    PromptKind Kind,
    CaseCounts Counts,
    IReadOnlyList<CriterionComparison> Criteria,
    OutcomeComparison? Outcome,
    TransitionTable Transitions,
    IReadOnlyList<GroupComparison> ByAttack,
    IReadOnlyList<GroupComparison> ByCategory);
