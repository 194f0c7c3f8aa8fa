using Plumbline.Attacks;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Suites;

public sealed class BuiltInSuitesTests
{
    public static TheoryData<string> Names => [.. BuiltInSuites.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_loads_and_names_real_attacks(string name)
    {
        var suite = BuiltInSuites.Load(name);

        suite.Name.ShouldBe(name);
        suite.Prompts.ShouldAllBe(prompt => prompt.Category != SuitePrompt.Uncategorised);
        AttackCatalog.Named(suite.Attacks).ShouldNotBeEmpty();
    }

    [Fact]
    public void The_jailbreak_suite_holds_fifty_harmful_prompts_over_several_areas()
    {
        var suite = BuiltInSuites.Load("jailbreak-250");

        suite.Prompts.Count.ShouldBe(50);
        suite.Prompts.ShouldAllBe(prompt => prompt.Kind == PromptKind.Harmful);
        suite.Prompts.Select(prompt => prompt.Category).Distinct().Count().ShouldBeGreaterThanOrEqualTo(5);
        suite.CaseLimit.ShouldBe(250);
    }

    [Fact]
    public void An_unknown_name_lists_the_known() =>
        Should.Throw<SuiteException>(() => BuiltInSuites.Load("jailbreak")).Message.ShouldContain("jailbreak-250");

    [Fact]
    public void The_hash_sees_every_field()
    {
        Suite Of(string text, PromptKind kind = PromptKind.Capability, string? category = "c", string? answer = "a") =>
            Suite.Create("s", "1", [SuitePrompt.Create(text, kind, category, answer)]);

        new[] { Of("t"), Of("u"), Of("t", PromptKind.Harmful), Of("t", category: "d"), Of("t", answer: "b") }
            .Select(suite => suite.Hash).Distinct().Count().ShouldBe(5);
        ContentHash.Of("ab", "c").ShouldNotBe(ContentHash.Of("a", "bc"));
    }
}
