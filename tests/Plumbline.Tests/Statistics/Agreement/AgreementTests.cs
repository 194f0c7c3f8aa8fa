using FsCheck;
using FsCheck.Fluent;
using Plumbline.Statistics;
using Plumbline.Statistics.Agreement;
using Shouldly;

namespace Plumbline.Tests.Statistics.Agreement;

public sealed class AgreementTests
{
    const double Precise = 1e-9;

    // Krippendorff (2011), section D: four observers, twelve units, values missing. He gives nominal .743, ordinal .815.
    static readonly double?[][] Published =
    [
        [1, 1, null, 1], [2, 2, 3, 2], [3, 3, 3, 3], [3, 3, 3, 3], [2, 2, 2, 2], [1, 2, 3, 4], [4, 4, 4, 4], [1, 1, 2, 1], [2, 2, 2, 2],
        [null, 5, 5, 5], [null, null, 1, 1], [null, null, 3, null],
    ];

    [Fact]
    public void Alpha_is_the_published_one_with_values_missing()
    {
        KrippendorffAlpha.Nominal(Published)!.Value.ShouldBe(0.743, 0.0005);
        KrippendorffAlpha.Ordinal(Published)!.Value.ShouldBe(0.815, 0.0005);
    }

    // Krippendorff (2011), section A: two observers, binary, ten units: .095.
    [Fact]
    public void Alpha_of_two_raters_is_the_published_one()
    {
        int[] one = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], other = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];

        Table(one, other).Alpha!.Value.ShouldBe(0.095, 0.0005);
        KrippendorffAlpha.Nominal(one.Zip(other, (a, b) => new double?[] { a, b }))!.Value.ShouldBe(0.095, 0.0005);
    }

    [Fact]
    public void Ranks_in_groups_have_the_alpha_of_their_pairs_within_its_interval()
    {
        var pairs = Published.Where(unit => unit[1] is not null && unit[2] is not null).Select(unit => (One: (int)unit[1]!, Other: (int)unit[2]!)).ToList();
        var alpha = KrippendorffAlpha.Ordinal(pairs.Select(pair => new double?[] { pair.One, pair.Other }))!.Value;

        var estimate = GroupedRanks.Alpha(pairs.Select((pair, i) => ($"{i / 2}", pair.One, pair.Other)), 0.05, 500, 1)!;

        estimate.Estimate.ShouldBe(alpha, Precise);
        estimate.Low.ShouldBeLessThan(alpha);
        estimate.High.ShouldBeInRange(alpha, 1);
        GroupedRanks.Alpha([("a", 1, 1), ("b", 1, 1)], 0.05, 50, 1).ShouldBeNull();
        GroupedRanks.Alpha([], 0.05, 50, 1).ShouldBeNull();
    }

    /// <summary>Five answers on which nobody differed, or one prompt's, show no certainty: by hand, Wilson's interval for 0 of 5 reaches 43.4%, so two of three items and
    /// one of two would be off by a rank; of 200 answers it is 2 in 100.</summary>
    [Fact]
    public void Raters_who_never_differed_are_not_known_to_agree_always()
    {
        var few = Alpha(5, prompts: 5);
        (few.Estimate, few.High).ShouldBe((1, 1));
        few.Low.ShouldBe(KrippendorffAlpha.Ordinal([[0, 0], [2, 0], [2, 0], [2, 2], [0, 2]])!.Value, Precise);
        Alpha(200, prompts: 200).Low.ShouldBeInRange(0.9, 0.99);
        Alpha(200, prompts: 1).Low.ShouldBeLessThan(Alpha(200, prompts: 200).Low - 0.3);

        // One prompt only, and a difference in it: it may as well have been none.
        var one = GroupedRanks.Alpha([("a", 0, 0), ("a", 1, 1), ("a", 2, 1), ("a", 2, 2)], 0.05, 200, 1)!;
        one.Low.ShouldBeLessThan(one.Estimate);
        one.High.ShouldBe(1);

        static IntervalEstimate Alpha(int answers, int prompts) =>
            GroupedRanks.Alpha(Enumerable.Range(0, answers).Select(i => ($"{i % prompts}", i % 2 * 2, i % 2 * 2)), 0.05, 200, 1)!;
    }

    // The textbook table 20, 5, 10, 15: observed 0.7, by chance 0.5, kappa 0.4.
    [Fact]
    public void Figures_of_a_table_are_those_worked_by_hand()
    {
        var table = new ConfusionTable(20, 5, 10, 15);

        table.Accuracy!.Value.ShouldBe(0.7, Precise);
        table.Kappa!.Value.ShouldBe(0.4, Precise);
        table.Sensitivity!.Value.ShouldBe(2.0 / 3, Precise);
        table.Specificity!.Value.ShouldBe(0.75, Precise);
        table.BalancedAccuracy!.Value.ShouldBe((2.0 / 3 + 0.75) / 2, Precise);
        table.F1!.Value.ShouldBe(40.0 / 55, Precise);
    }

    [Fact]
    public void What_nothing_determines_is_null()
    {
        var nothing = new ConfusionTable(0, 0, 0, 0);
        new[] { nothing.Accuracy, nothing.Kappa, nothing.Alpha, nothing.F1, nothing.BalancedAccuracy }.ShouldAllBe(figure => figure == null);

        var agreed = new ConfusionTable(7, 0, 0, 0);
        (agreed.Accuracy, agreed.F1, agreed.Kappa, agreed.Alpha, agreed.BalancedAccuracy).ShouldBe((1, 1, null, null, null));
        KrippendorffAlpha.Nominal([[1, null], [2, null]]).ShouldBeNull();
    }

    [Fact]
    public void The_short_forms_agree_with_the_general_one() =>
        Prop.ForAll(Gen.Choose(0, 30).Four().ToArbitrary(), counts =>
        {
            var table = new ConfusionTable(counts.Item1, counts.Item2, counts.Item3, counts.Item4);
            var units = Repeat(counts.Item1, 1, 1).Concat(Repeat(counts.Item2, 1, 0)).Concat(Repeat(counts.Item3, 0, 1)).Concat(Repeat(counts.Item4, 0, 0)).ToList();
            var general = KrippendorffAlpha.Nominal(units);
            return general is null ? table.Alpha is null : Math.Abs(general.Value - table.Alpha!.Value) < Precise
                && Math.Abs(KrippendorffAlpha.Ordinal(units)!.Value - general.Value) < Precise;

            static IEnumerable<IReadOnlyList<double?>> Repeat(int count, double one, double other) => Enumerable.Repeat<IReadOnlyList<double?>>([one, other], count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    // Independent items: the bootstrap's interval of a share must be close to Wilson's.
    [Fact]
    public void Intervals_are_those_of_the_groups()
    {
        var single = new GroupedTables(Enumerable.Range(0, 400).Select(i => ($"g{i}", ConfusionTable.Of(i % 5 > 0, people: true))), 0.05, 2000, seed: 1);
        var accuracy = single.Estimate(table => table.Accuracy)!;
        accuracy.Estimate.ShouldBe(0.8, Precise);
        accuracy.Low.ShouldBe(0.758, 0.006);
        accuracy.High.ShouldBe(0.836, 0.006);

        // The same items in groups of ten alike: a tenth as many draws, about the root of ten as wide.
        var grouped = new GroupedTables(Enumerable.Range(0, 400).Select(i => ($"g{i / 10}", ConfusionTable.Of(i / 10 % 5 > 0, people: true))), 0.05, 2000, seed: 1);
        var wide = grouped.Estimate(table => table.Accuracy)!;
        ((wide.High - wide.Low) / (accuracy.High - accuracy.Low)).ShouldBe(Math.Sqrt(10), 0.4);
        grouped.Estimate(table => table.BalancedAccuracy).ShouldBeNull();
    }

    [Fact]
    public void Nobody_disagreeing_is_not_certainty()
    {
        var agreed = new GroupedTables(Enumerable.Range(0, 30).Select(i => ($"g{i}", ConfusionTable.Of(i < 20, i < 20))), 0.05, 200, seed: 1);

        // Wilson's interval for 20 of 20 begins at 0.839; whole items: 4 of 20, and 3 of 10.
        agreed.Estimate(table => table.Sensitivity).ShouldBe(new IntervalEstimate(1, 0.8, 1));
        agreed.Estimate(table => table.Specificity).ShouldBe(new IntervalEstimate(1, 0.7, 1));
        agreed.Estimate(table => table.Accuracy)!.Low.ShouldBe(23 / 30.0, Precise);
        agreed.Estimate(table => table.Kappa)!.Low.ShouldBeInRange(0.4, 0.6);

        // Items of one group tell nothing of another.
        var one = new GroupedTables(Enumerable.Range(0, 30).Select(i => ("g", ConfusionTable.Of(i % 2 == 0, i % 3 == 0))), 0.05, 200, seed: 1).Estimate(table => table.Accuracy)!;
        one.Low.ShouldBeLessThan(0.2);
        one.High.ShouldBeGreaterThan(0.8);
        // Of nothing there is no figure.
        new GroupedTables([], 0.05, 200, seed: 1).Estimate(table => table.Accuracy).ShouldBeNull();
    }

    static ConfusionTable Table(int[] one, int[] other) =>
        one.Zip(other, (a, b) => ConfusionTable.Of(a == 1, b == 1)).Aggregate(new ConfusionTable(0, 0, 0, 0), (sum, table) => sum + table);
}
