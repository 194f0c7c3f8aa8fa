using FsCheck;
using FsCheck.Fluent;
using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Cases;

public sealed class PairSelectionTests
{
    static readonly IReadOnlyList<IAttack> Several = AttackCatalog.Named(["none", "best_of_n:4", "poems", "decoding_top_p:0.5,0.9", "rot13", "distractors"]);

    /// <summary>Categories of any sizes, with any of the attacks.</summary>
    static Arbitrary<(int[] Categories, int Attacks, int Fewer, int More)> Designs =>
    (
        from categories in Gen.Choose(1, 9).ArrayOf().Where(sizes => sizes.Length is > 0 and < 9)
        from attacks in Gen.Choose(1, Several.Count)
        from fewer in Gen.Choose(4, 300)
        from more in Gen.Choose(4, 300)
        select (categories, attacks, Math.Min(fewer, more), Math.Max(fewer, more))).ToArbitrary();

    static Suite SuiteOf(IReadOnlyList<int> categories) => Suite.Create(
        "test",
        "1",
        [.. categories.SelectMany((size, category) => Enumerable.Range(0, size).Select(i => SuitePrompt.Create($"request {i} of {category}", PromptKind.Harmful, $"category {category}")))]);

    [Fact]
    public void Whoever_asks_more_asks_the_same_cases_again() => Prop.ForAll(Designs, design =>
    {
        var (fewer, more) = (Plan(design.Categories, design.Attacks, design.Fewer), Plan(design.Categories, design.Attacks, design.More));

        fewer.Except(more).ShouldBeEmpty();
        more.Where(fewer.ToHashSet().Contains).ShouldBe(fewer, "both in the suite's order");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_any_two_limits_over_a_whole_grid_the_smaller_is_in_the_larger()
    {
        // Six attacks and eight prompts have a common divisor, so the rotation comes back to itself before the end.
        var suite = SuiteOf([5, 2, 1]);
        var attacks = AttackCatalog.All.Take(6).ToList();
        var plans = Enumerable.Range(1, 48).Select(limit => CasePlanner.Plan(suite, attacks, new Sampling(), limit).Select(planned => planned.Id).ToHashSet()).ToList();

        plans.Select(plan => plan.Count).ShouldBe(Enumerable.Range(1, 48));
        plans.Zip(plans.Skip(1)).ShouldAllBe(pair => pair.First.IsSubsetOf(pair.Second));
    }

    [Fact]
    public void Prompts_attacks_and_categories_are_taken_evenly_at_any_limit() => Prop.ForAll(Designs, design =>
    {
        var pairs = PairSelection.Of(SuiteOf(design.Categories).Prompts, AttackCatalog.All.Take(design.Attacks).ToList(), design.More).ToList();
        var rounds = pairs.Count / design.Categories.Sum();
        var shares = design.Categories.Select((size, category) => (Size: size, Share: ((double)pairs.Count(pair => pair.Prompt.Category == $"category {category}") / size) - rounds)).ToList();

        pairs.ShouldBeUnique();
        Spread(pairs.Select(pair => pair.Attack), design.Attacks).ShouldBeLessThanOrEqualTo(1);
        Spread(pairs.Select(pair => pair.Prompt), design.Categories.Sum()).ShouldBeLessThanOrEqualTo(1);
        foreach (var (size, share) in shares)
            shares.ShouldAllBe(other => Math.Abs(share - other.Share) <= (0.5 / size) + (0.5 / other.Size) + 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Categories_of_one_size_are_taken_within_one_and_all_of_them_before_any_is_again()
    {
        var suite = SuiteOf([25, 25, 25, 25, 25, 25, 25, 25, 25, 25, 25]);
        for (var limit = 1; limit <= 60; limit++)
            Spread(CasePlanner.Plan(suite, AttackCatalog.All.Take(4).ToList(), new Sampling(), limit).Select(planned => planned.Prompt.Category), 11).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void The_suites_order_does_not_say_which_prompts_are_taken()
    {
        var suite = SuiteOf([7, 3, 4]);
        var turned = Suite.Create("turned", "1", [.. suite.Prompts.Reverse()]);

        Ids(turned).Order().ShouldBe(Ids(suite).Order());

        static IEnumerable<string> Ids(Suite suite) => CasePlanner.Plan(suite, AttackCatalog.All.Take(3).ToList(), new Sampling(), 10).Select(planned => planned.Id);
    }

    static List<string> Plan(IReadOnlyList<int> categories, int attacks, int limit) =>
        [.. CasePlanner.Plan(SuiteOf(categories), Several.Take(attacks).ToList(), new Sampling(), limit).Select(planned => planned.Id)];

    static int Spread<T>(IEnumerable<T> members, int groups)
    {
        var counts = members.GroupBy(member => member).Select(group => group.Count()).ToList();
        return counts.Max() - (counts.Count < groups ? 0 : counts.Min());
    }
}
