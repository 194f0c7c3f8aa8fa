using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Reports.Findings;

/// <summary>
/// Decides for many groups at once which of them got worse, so that a build does not fail because one of thirty categories moved by chance:
/// Holm's step-down method (Scandinavian Journal of Statistics 6, 1979) keeps the chance of one false alarm among them within alpha.
/// </summary>
internal static class GroupFindings
{
    /// <summary>The findings in the order of the groups.</summary>
    public static IReadOnlyList<GroupFinding> Of(IReadOnlyList<GroupComparison> groups, DecisionRule rule)
    {
        // A document of an earlier version does not have the corrected p-values; there cases are taken as independent.
        var overCases = MultipleTests.Holm([.. groups.Select(group => McNemarTest.ExactP(group.Transitions.Broke, group.Transitions.Mended))]);
        return [.. groups.Select((group, i) => Finding(group, group.HolmP ?? overCases[i]))];

        GroupFinding Finding(GroupComparison group, double adjustedP) => new(group, adjustedP, group.IsWorse(adjustedP, rule));
    }
}
