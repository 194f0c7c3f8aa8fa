using Plumbline.Cli.Planning;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class PowerSummaryTests
{
    /// <summary>A verdict counts cases, so a plan names them beside the prompts; and it says that it reckons for candidates that are assumed.</summary>
    [Theory]
    [InlineData(false, "For 'held' with that chance where nothing changed: 146 prompts, 730 cases in all.")]
    [InlineData(true, "For 'held' with that chance where nothing changed: 146 groups, 730 cases in all.")]
    public void What_is_needed_is_told_in_prompts_and_in_cases(bool isGrouped, string told)
    {
        var printed = Printed(new PlannedKind(PromptKind.Harmful, 50, isGrouped, 250, 0.03, 0.05, 0.8, [new PlannedChance(0, 0.01, 0.4, 0.01, 0.58, null, null)], 0.07, 146, 100));

        printed.ShouldContain(told);
        printed.ShouldContain("bad answers rise by");
        printed.ShouldContain("All this is reckoned for candidates that are assumed");
        printed.ShouldContain("25.2 points is the rise that a published fine-tune");
    }

    [Fact]
    public void Where_no_verdict_can_come_a_table_would_say_nothing()
    {
        var printed = Printed(new PlannedKind(PromptKind.Lookalike, 1, IsGrouped: false, 1, 0.03, 0.025, 0.8, [new PlannedChance(0, 0, 0, 0, 1, null, null), new PlannedChance(0.252, 0, 0, 0, 1, null, null)], null, 379, 233));

        printed.ShouldContain("So few cannot decide, whatever it does.");
        printed.ShouldNotContain("100.0%");
        printed.ShouldContain("379 prompts in all");
    }

    [Fact]
    public void The_stricter_level_of_further_kinds_is_told_of_them_alone()
    {
        var first = new PlannedKind(PromptKind.Harmful, 50, IsGrouped: false, 50, 0.03, 0.05, 0.8, [new PlannedChance(0, 0.01, 0.4, 0.01, 0.58, null, null)], 0.07, 146, 100);

        Printed(first).ShouldNotContain("must reject at");
        Printed(first, first with { Kind = PromptKind.Lookalike, Alpha = 0.025 }).Split("the exact test must reject at 0.025,").Length.ShouldBe(2);
    }

    private static string Printed(params PlannedKind[] kinds)
    {
        var output = new StringWriter();
        PowerSummary.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime()), kinds);
        return output.ToString();
    }
}
