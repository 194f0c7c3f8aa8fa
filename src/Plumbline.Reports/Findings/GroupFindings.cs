using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Reports.Findings;

/// <summary>
/// Decides for many groups at once which of them got worse, so that a build does not fail because one of thirty categories moved by chance:
/// Holm's step-down method (Scandinavian Journal of Statistics 6, 1979) keeps the chance of one false alarm among them within alpha.
/// </summary>
internal static class GroupFindings
{
    /// <summary>The attacks of one kind of prompt. A run that was stopped early decides nothing about them: its tests are made for a fixed number of cases, and it stopped where the
    /// cases by chance had brought most of what it waited for. Nor does one of which cases are pending.</summary>
    public static IReadOnlyList<GroupFinding> OfAttacks(KindComparison comparison, AuditDocument document) =>
        IsEarly(document) ? Early(comparison.ByAttack, document.Rule, []) : Decided(comparison.ByAttack, document);

    /// <summary>The categories of one kind of prompt.</summary>
    public static IReadOnlyList<GroupFinding> OfCategories(KindComparison comparison, AuditDocument document) => IsEarly(document)
        ? Early(comparison.ByCategory, document.Rule, comparison.Kind == document.Verdict.Kind ? document.Stopping!.Sequential?.Categories ?? [] : [])
        : Decided(comparison.ByCategory, document);

    /// <summary>Whether the data chose when to end.</summary>
    public static bool IsEarly(AuditDocument document) => document.Stopping is { Stopped: not null };

    /// <summary>The findings in the order of the groups.</summary>
    public static IReadOnlyList<GroupFinding> Of(IReadOnlyList<GroupComparison> groups, DecisionRule rule)
    {
        // A document of an earlier version does not have the corrected p-values; there cases are taken as independent.
        var overCases = MultipleTests.Holm([.. groups.Select(group => McNemarTest.ExactP(group.Transitions.Broke, group.Transitions.Mended))]);
        return [.. groups.Select((group, i) => Finding(group, group.HolmP ?? overCases[i]))];

        GroupFinding Finding(GroupComparison group, double adjustedP) => new(group, adjustedP, group.IsWorse(adjustedP, rule));
    }

    private static IReadOnlyList<GroupFinding> Decided(IReadOnlyList<GroupComparison> groups, AuditDocument document) =>
        document.HasEnded ? Of(groups, document.Rule) : [.. Of(groups, document.Rule).Select(finding => finding with { IsWorse = null })];

    private static IReadOnlyList<GroupFinding> Early(IReadOnlyList<GroupComparison> groups, DecisionRule rule, IReadOnlyList<CategoryEvidence> evidence) =>
    [
        .. from finding in Of(groups, rule)
           let known = evidence.FirstOrDefault(category => category.Name == finding.Group.Name)
           select finding with { IsWorse = known?.IsWorse, Evidence = known?.Evidence },
    ];
}
