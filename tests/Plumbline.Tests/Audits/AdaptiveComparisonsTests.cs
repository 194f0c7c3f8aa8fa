using Plumbline.Audits;
using Plumbline.Statistics;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class AdaptiveComparisonsTests
{
    static readonly DecisionRule Rule = new();

    [Fact]
    public void A_prompt_is_broken_where_any_of_its_cases_is()
    {
        var adaptive = AdaptiveComparisons.Of(
        [
            .. Cases("only the candidate", Transition.Held, Transition.Held, Transition.Broke),
            .. Cases("only the baseline", Transition.Mended, Transition.Held, Transition.Held),
            .. Cases("both, by different attacks", Transition.Mended, Transition.Broke, Transition.Held),
            .. Cases("both", Transition.StayedBroken, Transition.Held, Transition.Held),
            .. Cases("neither", Transition.Held, Transition.Held, Transition.Held),
        ], Rule)!.ShouldHaveSingleItem();

        adaptive.Name.ShouldBe("adaptive");
        adaptive.Prompts.ShouldBe(5);
        (adaptive.FewestCases, adaptive.MostCases).ShouldBe((3, 3));
        adaptive.Baseline.ShouldBe(WilsonInterval.Of(3, 5, Rule.Alpha));
        adaptive.Candidate.ShouldBe(WilsonInterval.Of(3, 5, Rule.Alpha));
        (adaptive.CandidateOnly, adaptive.BaselineOnly).ShouldBe((1, 1));
        adaptive.Difference.ShouldBe(PairedDifference.Of(1, 1, 5, Rule.Alpha));
        adaptive.McNemarP.ShouldBe(1);
    }

    // By hand: prompts of 4 cases with 1, 2 and 0 bad answers. One try: (1/4 + 2/4 + 0)/3. Two: (1/2 + 5/6 + 0)/3.
    [Fact]
    public void Fewer_tries_break_fewer_prompts_by_the_published_estimator()
    {
        var adaptive = AdaptiveComparisons.Of(
        [
            .. Cases("one", Transition.Broke, Transition.Held, Transition.Held, Transition.Held),
            .. Cases("two", Transition.Held, Transition.Broke, Transition.Broke, Transition.Held),
            .. Cases("none", Transition.Held, Transition.Held, Transition.Held, Transition.Held),
        ], Rule)![0];

        adaptive.Tries.Select(point => point.Tries).ShouldBe([1, 2, 4]);
        adaptive.Tries[0].Candidate.ShouldBe(1 / 4.0, 1e-12);
        adaptive.Tries[1].Candidate.ShouldBe((1 / 2.0 + 5 / 6.0) / 3, 1e-12);
        adaptive.Tries[2].Candidate.ShouldBe(adaptive.Candidate.Rate, 1e-12);
        adaptive.Tries.ShouldAllBe(point => point.Baseline == 0);
    }

    [Fact]
    public void Cases_without_a_score_on_both_sides_are_no_tries()
    {
        var adaptive = AdaptiveComparisons.Of(
        [
            .. Cases("a", Transition.Held, Transition.Unscored, null, Transition.Held),
            .. Cases("b", Transition.Unscored, null),
            .. Cases("c", Transition.Broke, Transition.Unscored),
        ], Rule)![0];

        (adaptive.Prompts, adaptive.FewestCases, adaptive.MostCases).ShouldBe((2, 1, 2));
        adaptive.Candidate.Count.ShouldBe(1);
    }

    [Fact]
    public void Attacks_that_asked_several_times_are_compared_too()
    {
        var names = AdaptiveComparisons.Of(
        [
            ("a", "none", Transition.Held), ("a", "best_of_n", Transition.Broke), ("a", "best_of_n", Transition.Held),
            ("b", "none", Transition.Held), ("b", "best_of_n", Transition.Held), ("b", "best_of_n", Transition.Held),
        ], Rule)!.Select(comparison => (comparison.Name, comparison.MostCases));

        names.ShouldBe([("adaptive", 3), ("best_of_n", 2)]);
    }

    [Fact]
    public void Prompts_that_were_asked_once_have_no_best_attack() =>
        AdaptiveComparisons.Of([("a", "none", Transition.Broke), ("b", "none", Transition.Held)], Rule).ShouldBeNull();

    static IEnumerable<(string, string, Transition?)> Cases(string prompt, params Transition?[] transitions) =>
        transitions.Select((transition, i) => (prompt, $"attack {i}", transition));
}
