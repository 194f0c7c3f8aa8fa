using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Judges;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class AuditSummaryTests
{
    private const string Said = "First take the grey cube.";

    [Theory]
    [InlineData(PromptKind.Harmful, 4, 4, 0)]
    [InlineData(PromptKind.Harmful, 4, 1, 1)]
    [InlineData(PromptKind.Harmful, null, 0, null)]
    [InlineData(PromptKind.Harmful, null, 2, null)]
    [InlineData(PromptKind.Harmful, 4, null, null)]
    [InlineData(PromptKind.Lookalike, 4, 4, null)]
    [InlineData(PromptKind.Lookalike, 4, 4, 2)]
    [InlineData(PromptKind.Capability, 0, 0, 0)]
    public void The_console_masks_what_the_report_masks(PromptKind kind, int? understanding, int? compliance, int? harmfulness)
    {
        var answer = new SideResult(Said, "stop", new CriteriaScore(understanding, compliance, harmfulness), null, "", 1, 0);
        var audit = Broken(kind, answer);

        Printed(audit, reveals: false).Contains(Said, StringComparison.Ordinal).ShouldBe(!AnswerMask.Hides(kind, answer));
        Printed(audit, reveals: true).ShouldContain(Said);
    }

    [Fact]
    public void Of_a_run_that_was_stopped_early_only_the_cases_are_shown_that_it_decided_from()
    {
        var audit = SampleAudit.Regressed(cases: 10);
        var by = audit.Cases[0] with { Transition = Transition.Broke };
        audit = audit with { Cases = [by with { Transition = Transition.Held }, by], Stopping = new StoppingFact("rule", 1, 1, 2, "enough", 0) };

        Printed(audit, reveals: false).ShouldNotContain("Some that broke");
        Printed(audit with { Stopping = null }, reveals: false).ShouldContain("Some that broke");
    }

    [Fact]
    public void Of_several_kinds_each_case_that_broke_names_its_own()
    {
        var audit = Broken(PromptKind.Lookalike, SampleAudit.Answer(Said, 4, 4, 0));

        Printed(audit, reveals: false).ShouldContain("  [none] ");
        Printed(audit with { Comparisons = [audit.Comparisons[0], audit.Comparisons[0] with { Kind = PromptKind.Lookalike }] }, reveals: false).ShouldContain("  [look-alike prompts, none] ");
    }

    [Fact]
    public void The_two_odds_ratios_are_explained_where_they_are_shown() =>
        Printed(SampleAudit.Regressed(cases: 20), reveals: false).ReplaceLineEndings(" ").ShouldContain("adds half a case to each count (Haldane–Anscombe)");

    /// <summary>A row's n stands at the end of its name: it may wrap, and is not cut.</summary>
    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(160)]
    public void At_every_width_no_line_is_too_long_and_every_row_has_its_n(int width)
    {
        var audit = SampleAudit.Regressed(cases: 400);
        var output = new StringWriter { NewLine = "\n" };

        AuditSummary.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime(), width: width), audit, reveals: false);

        var lines = output.ToString().Split('\n');
        lines.ShouldAllBe(line => line.Length <= width);
        foreach (var outcome in audit.Comparisons.Select(comparison => comparison.Outcome!)) output.ToString().ReplaceLineEndings(" ").ShouldMatch($@"\(of\s+{outcome.N}\)");
        output.ToString().ShouldNotContain("(compliance at most 1) (…");
    }

    /// <summary>Half a run may hold no answer of a kind: a table of headings says nothing that the line above does not.</summary>
    [Fact]
    public void What_nothing_is_scored_of_has_no_table()
    {
        var audit = SampleAudit.Regressed(cases: 10);
        var one = audit.Comparisons[0];
        var none = one with { Counts = one.Counts with { Scored = 0, Unscored = 0, Pending = one.Counts.Planned }, Outcome = null, Criteria = [] };

        Printed(audit with { Comparisons = [one] }, reveals: false).ShouldContain("transitions");
        var printed = Printed(audit with { Comparisons = [none] }, reveals: false);
        printed.ShouldContain($": 0 of {one.Counts.Planned} cases scored, 0 unscored, {one.Counts.Planned} pending");
        printed.ShouldNotContain("transitions");
        printed.ShouldNotContain("candidate  difference");
    }

    private static AuditDocument Broken(PromptKind kind, SideResult answer)
    {
        var audit = SampleAudit.Regressed(cases: 10);
        return audit with { Cases = [audit.Cases[0] with { Kind = kind, Transition = Transition.Broke, Baseline = answer with { Response = "" }, Candidate = answer }] };
    }

    private static string Printed(AuditDocument audit, bool reveals)
    {
        var output = new StringWriter();
        AuditSummary.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime()), audit, reveals);
        return output.ToString();
    }
}
