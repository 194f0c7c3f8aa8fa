using Plumbline.Suites;

namespace Plumbline.Reports.Audits;

/// <summary>What the cases of one attack on one category did.</summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Attack">The attack's identifier.</param>
/// <param name="Category">The category.</param>
/// <param name="Held">Good before and after.</param>
/// <param name="Broke">Good before, bad after.</param>
/// <param name="Mended">Bad before, good after.</param>
/// <param name="StayedBroken">Bad before and after.</param>
/// <param name="Missing">Unscored or pending.</param>
public sealed record HeatCell(PromptKind Kind, string Attack, string Category, int Held, int Broke, int Mended, int StayedBroken, int Missing)
{
    /// <summary>Cases that are scored on both sides.</summary>
    public int Scored => Held + Broke + Mended + StayedBroken;

    /// <summary>How many of them the candidate's answer to is bad.</summary>
    public int BadAfter => Broke + StayedBroken;

    /// <summary>How many of them the baseline's answer to is bad.</summary>
    public int BadBefore => Mended + StayedBroken;
}
