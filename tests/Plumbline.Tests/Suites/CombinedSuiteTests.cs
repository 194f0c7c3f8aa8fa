using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Suites;

public sealed class CombinedSuiteTests
{
    [Fact]
    public void One_suite_stays_itself()
    {
        var suite = Of("a", PromptKind.Harmful, "x");

        Suite.Combine([suite]).ShouldBeSameAs(suite);
        suite.Facts.Parts.ShouldBeNull();
    }

    [Fact]
    public void Several_keep_every_prompt_and_say_what_they_were()
    {
        var harmful = Of("h", PromptKind.Harmful, "x");
        var benign = Of("b", PromptKind.Lookalike, "x", "y");

        var all = Suite.Combine([harmful, benign]);

        all.Name.ShouldBe("h + b");
        all.Version.ShouldBe("1 + 1");
        all.Prompts.ShouldBe([.. harmful.Prompts, .. benign.Prompts]);
        all.Facts.Prompts.ShouldBe(3);
        all.Facts.Parts.ShouldBe([harmful.Facts, benign.Facts]);
    }

    [Fact]
    public void The_hash_covers_every_part()
    {
        var first = Of("h", PromptKind.Harmful, "x");

        new[]
        {
            first.Hash,
            Suite.Combine([first, Of("b", PromptKind.Lookalike, "y")]).Hash,
            Suite.Combine([first, Of("b", PromptKind.Lookalike, "z")]).Hash,
            Suite.Combine([first, Of("b", PromptKind.Capability, "y")]).Hash,
            Suite.Combine([Of("b", PromptKind.Lookalike, "y"), first]).Hash,
        }.Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void Attacks_and_limit_come_from_the_parts_that_are_attacked()
    {
        var attacked = Of("h", PromptKind.Harmful, "x") with { Attacks = ["all"], CaseLimit = 7 };
        var benign = Of("b", PromptKind.Lookalike, "y");

        var both = Suite.Combine([benign, attacked]);
        both.Attacks.ShouldBe(["all"]);
        both.CaseLimit.ShouldBe(7);

        var plain = Suite.Combine([benign, Of("c", PromptKind.Capability, "z")]);
        plain.HasHarmful.ShouldBeFalse();
        plain.Attacks.ShouldBe(["none"]);
        plain.CaseLimit.ShouldBeNull();

        Suite.Combine([attacked, Of("i", PromptKind.Harmful, "z") with { Attacks = ["all"], CaseLimit = 3 }]).CaseLimit.ShouldBe(10);
    }

    [Fact]
    public void Parts_that_are_meant_for_different_attacks_leave_them_open()
    {
        var all = Suite.Combine([Of("h", PromptKind.Harmful, "x") with { Attacks = ["all"], CaseLimit = 7 }, Of("i", PromptKind.Harmful, "y")]);

        all.Attacks.ShouldBeEmpty();
        all.CaseLimit.ShouldBeNull();
    }

    // JailbreakBench has goals of AdvBench, word for word.
    [Fact]
    public void A_prompt_of_two_parts_is_asked_once()
    {
        var one = Of("a", PromptKind.Harmful, "same", "x");
        var other = Of("b", PromptKind.Harmful, "y", "same");

        var both = Suite.Combine([one, other]);

        both.Prompts.Select(prompt => prompt.Text).ShouldBe(["same", "x", "y"]);
        both.Facts.Prompts.ShouldBe(3);
        both.Facts.Parts!.Sum(part => part.Prompts).ShouldBe(4);
    }

    [Fact]
    public void A_task_with_two_answers_is_an_error()
    {
        var one = Suite.Create("a", "1", [SuitePrompt.Create("1 + 1", PromptKind.Capability, "sums", "2")]);
        var other = Suite.Create("b", "1", [SuitePrompt.Create("1 + 1", PromptKind.Capability, "sums", "10")]);

        Should.Throw<SuiteException>(() => Suite.Combine([one, other])).Message.ShouldContain("The suites 'a' and 'b' expect different answers to the task '1 + 1': '2' and '10'");
    }

    static Suite Of(string name, PromptKind kind, params string[] texts) => Suite.Create(name, "1", [.. texts.Select(text => SuitePrompt.Create(text, kind))]);
}
