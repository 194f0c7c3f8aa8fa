using Plumbline.Audits;

namespace Plumbline.Reports.Audits;

/// <summary>In which order cases are listed: what changed for the worse first, what held last. Those alike stay in the plan's order.</summary>
internal static class CaseOrder
{
    /// <summary>The transitions in reading order; null is a case that is pending.</summary>
    public static IReadOnlyList<Transition?> Transitions { get; } =
        [Transition.Broke, Transition.StayedBroken, Transition.Mended, Transition.Unscored, null, Transition.Held];

    /// <summary>A transition's place in that order, from 0.</summary>
    public static int Rank(Transition? transition) => transition switch
    {
        Transition.Broke => 0,
        Transition.StayedBroken => 1,
        Transition.Mended => 2,
        Transition.Unscored => 3,
        null => 4,
        _ => 5,
    };
}
