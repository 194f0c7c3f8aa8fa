using FsCheck;
using FsCheck.Fluent;
using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Cases;

public sealed class CasePlannerTests
{
    static Suite Harmful(int count) => Suite.Create("test", "1", [.. Enumerable.Range(0, count).Select(i => SuitePrompt.Create($"request {i}", PromptKind.Harmful))]);

    [Fact]
    public void The_built_in_suite_gives_250_cases_with_or_without_encodings()
    {
        var suite = BuiltInSuites.Load("jailbreak-250");
        var readable = AttackCatalog.Named(suite.Attacks).Where(attack => !attack.IsEncoding).ToList();

        CasePlanner.Plan(suite, readable, new Sampling(), suite.CaseLimit).Count.ShouldBe(250);
        readable.Count.ShouldBe(5);
        CasePlanner.Plan(suite, AttackCatalog.Named(suite.Attacks), new Sampling(), suite.CaseLimit).Count.ShouldBe(250);
    }

    [Fact]
    public void A_limit_is_met_exactly_and_shared_evenly_among_prompts_and_attacks()
    {
        var sizes = Gen.Choose(1, 40).Select(prompts => prompts).SelectMany(prompts =>
            Gen.Choose(1, 8).SelectMany(attacks => Gen.Choose(1, 400).Select(limit => (prompts, attacks, limit))));
        Prop.ForAll(sizes.ToArbitrary(), size =>
        {
            var attacks = AttackCatalog.All.Take(size.attacks).ToList();
            var cases = CasePlanner.Plan(Harmful(size.prompts), attacks, new Sampling(), size.limit);

            cases.Count.ShouldBe(Math.Min(size.limit, size.prompts * size.attacks));
            cases.Select(planned => planned.Id).Distinct().Count().ShouldBe(cases.Count);
            Spread(cases.GroupBy(planned => planned.Attack).Select(group => group.Count()), size.attacks).ShouldBeLessThanOrEqualTo(1);
            Spread(cases.GroupBy(planned => planned.Prompt.Id).Select(group => group.Count()), size.prompts).ShouldBeLessThanOrEqualTo(1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_attack_of_several_cases_is_asked_with_all_of_them_or_not_at_all()
    {
        var attacks = AttackCatalog.Named(["none", "best_of_n:4", "poems"]);
        Prop.ForAll(Gen.Choose(1, 12).SelectMany(prompts => Gen.Choose(1, 90).Select(limit => (prompts, limit))).ToArbitrary(), size =>
        {
            var cases = CasePlanner.Plan(Harmful(size.prompts), attacks, new Sampling(), size.limit);

            cases.Count.ShouldBeLessThanOrEqualTo(size.limit);
            cases.Count.ShouldBeGreaterThan(Math.Min(size.limit, size.prompts * 6) - 4, "no pair that still fits is left out");
            cases.Select(planned => planned.Id).ShouldBeUnique();
            cases.Where(planned => planned.Attack == "best_of_n:4").GroupBy(planned => planned.Prompt.Id).ShouldAllBe(group => group.Count() == 4);
            Spread(cases.Select(planned => (planned.Prompt.Id, planned.Attack)).Distinct().GroupBy(pair => pair.Attack).Select(group => group.Count()), 3).ShouldBeLessThanOrEqualTo(1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_limit_below_one_attacks_cases_is_told() =>
        Should.Throw<AttackException>(() => CasePlanner.Plan(Harmful(2), AttackCatalog.Named(["best_of_n:4"]), new Sampling(), 3)).Message
            .ShouldBe("3 cases are too few for the attack 'best_of_n:4', which asks each prompt 4 times. Allow more with --cases.");

    [Fact]
    public void Settings_that_differ_make_another_case_of_the_same_words()
    {
        var cases = CasePlanner.Plan(Harmful(1), AttackCatalog.Named(["decoding_temperature:0.5,1", "decoding_top_p:0.5"]), new Sampling(), null);

        cases.Select(planned => planned.Messages[0].Content).Distinct().ShouldHaveSingleItem();
        cases.Select(planned => planned.Id).ShouldBeUnique();
        cases.Select(planned => planned.Variant).ShouldBe(["temperature 0.5", "temperature 1", "top-p 0.5"]);
    }

    [Fact]
    public void Repeats_are_cases_of_their_own_and_other_kinds_are_asked_plainly()
    {
        var suite = Suite.Create("test", "1",
        [
            SuitePrompt.Create("a", PromptKind.Harmful),
            SuitePrompt.Create("b", PromptKind.Lookalike),
            SuitePrompt.Create("c", PromptKind.Capability, answer: "d"),
        ]);

        var cases = CasePlanner.Plan(suite, AttackCatalog.Named(["distractors"]), new Sampling(Repeats: 2), null);

        cases.Select(planned => (planned.Prompt.Text, planned.Attack, planned.Repeat)).ShouldBe(
            [("a", "distractors", 0), ("a", "distractors", 1), ("b", "none", 0), ("b", "none", 1), ("c", "none", 0), ("c", "none", 1)]);
        cases.Select(planned => planned.Id).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void The_id_follows_the_content_and_not_the_position()
    {
        var alone = CasePlanner.Plan(Harmful(1), AttackCatalog.Named(["none"]), new Sampling(), null)[0];
        var among = CasePlanner.Plan(Harmful(9), AttackCatalog.Named(["rot13", "none"]), new Sampling(), null);
        var withSystem = CasePlanner.Plan(Harmful(1), AttackCatalog.Named(["none"]), new Sampling(SystemPrompt: "Be kind."), null)[0];

        among.Single(planned => planned.Prompt == alone.Prompt && planned.Attack == "none").Id.ShouldBe(alone.Id);
        withSystem.Id.ShouldNotBe(alone.Id);
        withSystem.Messages[0].ShouldBe(new CaseMessage("system", "Be kind."));
    }

    static int Spread(IEnumerable<int> counts, int groups)
    {
        var list = counts.ToList();
        return list.Max() - (list.Count < groups ? 0 : list.Min());
    }
}
