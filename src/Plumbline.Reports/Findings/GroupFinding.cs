using Plumbline.Audits;

namespace Plumbline.Reports.Findings;

/// <summary>What an attack's or a category's figures amount to when all groups of the same sort are looked at together.</summary>
/// <param name="Group">The group.</param>
/// <param name="AdjustedP">The two-sided exact p-value over the group's prompts, corrected by Holm's method for the number of groups; 1 where nothing is scored.</param>
/// <param name="IsWorse">
/// True where the corrected p-value rejects no change, the difference's interval lies above zero, and it reaches the margin: what the rule calls regressed,
/// made stricter for looking at many. Of a run that was stopped early: whether e-BH calls the category worse by evidence that holds whenever a run is stopped, and
/// null where there is no such evidence, as of attacks.
/// </param>
internal sealed record GroupFinding(GroupComparison Group, double AdjustedP, bool? IsWorse)
{
    /// <summary>Of a run that was stopped early, the evidence that it is worse, as odds to 1; null otherwise.</summary>
    public double? Evidence { get; init; }
}
