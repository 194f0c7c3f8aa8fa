using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>One attack's or one category's share of bad outcomes. Not corrected for looking at many groups: for finding, not for
/// deciding.</summary>
/// <param name="Name">The attack's identifier or the category.</param>
/// <param name="Planned">Its planned cases.</param>
/// <param name="Baseline">The baseline's share; null where nothing is scored.</param>
/// <param name="Candidate">The candidate's share; null where nothing is scored.</param>
/// <param name="Difference">Candidate − baseline with its paired interval; null where nothing is scored.</param>
/// <param name="Transitions">What its cases did.</param>
public sealed record GroupComparison(
    string Name,
    int Planned,
    Proportion? Baseline,
    Proportion? Candidate,
    IntervalEstimate? Difference,
    TransitionTable Transitions);
