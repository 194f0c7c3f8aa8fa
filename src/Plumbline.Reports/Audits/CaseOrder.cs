using Plumbline.Audits;

namespace Plumbline.Reports.Audits;

/// <summary>In which order cases are listed: what changed for the worse first, what held last.</summary>
internal static class CaseOrder
{
    /// <summary>The cases in reading order; those alike stay in the plan's order.</summary>
    public static IReadOnlyList<CaseResult> Sort(IEnumerable<CaseResult> cases) => [.. cases.OrderBy(result => Rank(result.Transition))];

    private static int Rank(Transition? transition) => transition switch
    {
        Transition.Broke => 0,
        Transition.StayedBroken => 1,
        Transition.Mended => 2,
        Transition.Unscored => 3,
        null => 4,
        _ => 5,
    };
}
