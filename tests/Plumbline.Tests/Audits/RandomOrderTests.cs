using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Audits;

public sealed class RandomOrderTests
{
    [Fact]
    public void Every_prompt_is_asked_once_before_any_is_asked_again_and_every_case_is_asked()
    {
        var cases = Cases(PromptKind.Harmful, 20, each: 5);
        var ordered = RandomOrder.Of(cases, 3);

        foreach (var round in Enumerable.Range(0, 5))
            ordered.Skip(20 * round).Take(20).Select(one => one.Prompt.Id).Distinct().Count().ShouldBe(20);
        ordered.Select(one => one.Id).Order(StringComparer.Ordinal).ShouldBe(cases.Select(one => one.Id).Order(StringComparer.Ordinal));
        // The rounds are no copies of one another.
        ordered.Take(20).Select(one => one.Prompt.Id).ShouldNotBe(ordered.Skip(20).Take(20).Select(one => one.Prompt.Id));
        ordered.Take(20).Select(one => one.Repeat).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public void It_depends_on_the_seed_and_not_on_the_order_of_the_suite()
    {
        AuditCase[] cases = [.. Cases(PromptKind.Harmful, 20, each: 3), .. Cases(PromptKind.Lookalike, 30, each: 1)];
        var ids = RandomOrder.Of(cases, 3).Select(one => one.Id).ToList();

        RandomOrder.Of([.. cases.Reverse()], 3).Select(one => one.Id).ShouldBe(ids);
        RandomOrder.Of(cases, 4).Select(one => one.Id).ShouldNotBe(ids);
    }

    [Fact]
    public void Any_beginning_holds_every_kind_by_its_share()
    {
        AuditCase[] cases = [.. Cases(PromptKind.Harmful, 20, each: 5), .. Cases(PromptKind.Lookalike, 300, each: 1)];
        var ordered = RandomOrder.Of(cases, 5);

        foreach (var length in new[] { 10, 40, 121, 399 })
            ordered.Take(length).Count(one => one.Prompt.Kind == PromptKind.Harmful).ShouldBeInRange(length / 4 - 1, length / 4 + 1);
    }

    // Were a prompt's turn the turn of its first case, a prompt of ten cases would come first in its round in ten of thirteen orders.
    [Fact]
    public void A_prompt_with_more_cases_comes_no_earlier()
    {
        AuditCase[] cases = [.. Cases(PromptKind.Harmful, 1, each: 10), .. Cases(PromptKind.Harmful, 4, each: 1).Skip(1)];
        var many = cases[0].Prompt.Id;

        var first = Enumerable.Range(0, 2000).Count(seed => RandomOrder.Of(cases, seed).First().Prompt.Id == many);

        first.ShouldBeInRange(420, 580);
    }

    static AuditCase[] Cases(PromptKind kind, int prompts, int each) =>
    [
        .. from number in Enumerable.Range(0, prompts)
           let prompt = SuitePrompt.Create(string.Create(CultureInfo.InvariantCulture, $"Prompt {number}."), kind)
           from repeat in Enumerable.Range(0, each)
           select new AuditCase(ContentHash.Of(kind.ToString(), prompt.Text, repeat.ToString(CultureInfo.InvariantCulture))[..16], prompt, "none", repeat, [new CaseMessage("user", prompt.Text)]),
    ];
}
