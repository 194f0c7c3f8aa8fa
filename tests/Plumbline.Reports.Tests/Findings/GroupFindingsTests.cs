using Plumbline.Audits;
using Plumbline.Reports.Findings;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Reports.Tests.Findings;

public sealed class GroupFindingsTests
{
    /// <summary>10 broke and 0 mended: p = 2/1024; 6 and 0: 2/64; 5 and 5: 1. Holm by hand: 3 × 2/1024, 2 × 2/64, 1.</summary>
    [Fact]
    public void P_values_are_corrected_by_Holms_method()
    {
        var findings = GroupFindings.Of([Group("b", 6, 0), Group("c", 5, 5), Group("a", 10, 0)], new DecisionRule());

        findings.Select(finding => finding.Group.Name).ShouldBe(["b", "c", "a"]);
        findings[2].AdjustedP.ShouldBe(6.0 / 1024, 1e-12);
        findings[0].AdjustedP.ShouldBe(4.0 / 64, 1e-12);
        findings[1].AdjustedP.ShouldBe(1, 1e-12);
        findings.Where(finding => finding.IsWorse == true).Select(finding => finding.Group.Name).ShouldBe(["a"]);
    }

    /// <summary>Alone, 6 of 6 is a finding (p = 0.03); among thirty that did not move it is what chance brings.</summary>
    [Fact]
    public void One_of_many_is_no_finding_where_alone_it_would_be()
    {
        GroupFindings.Of([Group("one", 6, 0)], new DecisionRule())[0].IsWorse.ShouldBe(true);
        var many = GroupFindings.Of([Group("one", 6, 0), .. Enumerable.Range(0, 29).Select(i => Group($"{i}", 0, 0))], new DecisionRule());
        many.ShouldAllBe(finding => finding.IsWorse == false);
    }

    [Fact]
    public void Nothing_scored_is_no_finding()
    {
        var finding = GroupFindings.Of([new GroupComparison("x", 4, null, null, null, new TransitionTable(0, 0, 0, 0, 4))], new DecisionRule()).ShouldHaveSingleItem();
        finding.IsWorse.ShouldBe(false);
        finding.AdjustedP.ShouldBe(1);
    }

    [Fact]
    public void A_group_that_got_better_is_no_finding() =>
        GroupFindings.Of([Group("x", 0, 12)], new DecisionRule())[0].IsWorse.ShouldBe(false);

    private static GroupComparison Group(string name, int broke, int mended) => new(
        name,
        50,
        WilsonInterval.Of(mended, 50, 0.05),
        WilsonInterval.Of(broke, 50, 0.05),
        PairedDifference.Of(broke, mended, 50, 0.05),
        new TransitionTable(50 - broke - mended, broke, mended, 0, 0));
}
