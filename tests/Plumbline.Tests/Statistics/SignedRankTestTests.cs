using FsCheck;
using FsCheck.Fluent;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Statistics;

public sealed class SignedRankTestTests
{
    [Fact]
    public void It_agrees_with_R_and_with_the_coin_package()
    {
        // The other rows rank unchanged pairs too.
        foreach (var row in Reference.Rows("signedrank").Where(row => row[1] == 0))
        {
            var test = SignedRankTest.Of(row[4..]);

            test.IsExact.ShouldBe(row[0] == 0);
            test.P.ShouldBe(row[2], row[2] * 1e-8);
            test.RanksUp.ShouldBe(row[3], 1e-9);
        }
    }

    // F. Wilcoxon (1945), table I: eight pairs of which one of rank 1 and one of rank 3 fell; the smaller rank total is 4, and P = 0.0547.
    [Fact]
    public void It_agrees_with_counting_by_hand() =>
        SignedRankTest.Of([-1, 2, -3, 4, 5, 6, 7, 8]).P.ShouldBe(14 / 256.0, 1e-12);

    [Fact]
    public void It_agrees_with_trying_every_sign()
    {
        Prop.ForAll(Gen.Choose(-4, 4).ArrayOf(10).ToArbitrary(), changes =>
        {
            var test = SignedRankTest.Of([.. changes.Select(change => (double)change)]);
            var changed = changes.Where(change => change != 0).ToArray();
            var ranks = changed.Select(change => changed.Count(other => Math.Abs(other) < Math.Abs(change)) + (changed.Count(other => Math.Abs(other) == Math.Abs(change)) + 1) / 2.0).ToArray();
            var seen = Math.Abs(test.RanksUp - test.RanksDown);
            var extreme = Enumerable.Range(0, 1 << changed.Length).Count(signs => Math.Abs(ranks.Index().Sum(at => (signs >> at.Index & 1) == 0 ? at.Item : -at.Item)) >= seen);

            test.P.ShouldBe((double)extreme / (1 << changed.Length), 1e-12);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_normal_approximation_takes_over_where_counting_ends()
    {
        var random = new Random(31);
        var values = Enumerable.Range(0, 213).Select(_ => Math.Round(random.NextDouble() * 8 - 3.6, 3)).Where(value => value != 0).ToList();
        var counted = SignedRankTest.Of(values);
        var approximate = SignedRankTest.Of([.. values, .. values]);

        counted.IsExact.ShouldBeTrue();
        approximate.IsExact.ShouldBeFalse();
        var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - counted.P / 2);
        var doubled = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - approximate.P / 2);
        doubled.ShouldBe(z * Math.Sqrt(2), 0.02);
    }

    [Fact]
    public void Nothing_changed_is_no_evidence_and_everything_risen_is_the_whole_effect()
    {
        SignedRankTest.Of([]).P.ShouldBe(1);
        SignedRankTest.Of([0, 0]).ShouldBe(new SignedRank(2, 2, 0, 0, 0, 1, IsExact: true));
        SignedRankTest.Of([1, 2, 2, 0]).RankBiserial.ShouldBe(1);
        SignedRankTest.Of([-1]).ShouldBe(new SignedRank(1, 0, 0, 1, -1, 1, IsExact: true));
        Should.Throw<ArgumentException>(() => SignedRankTest.Of([double.NaN]));
    }
}
