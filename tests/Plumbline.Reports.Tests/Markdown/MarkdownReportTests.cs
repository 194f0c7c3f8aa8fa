using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Reports.Formats;
using Plumbline.Reports.Markdown;
using Plumbline.Reports.Tests.Formats;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Runs;
using Shouldly;

namespace Plumbline.Reports.Tests.Markdown;

public sealed class MarkdownReportTests
{
    /// <summary>GitHub's dialect, read by another implementation: tables, bare links, strikethrough, task lists.</summary>
    private static readonly MarkdownPipeline Dialect = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks(new AutoLinkOptions { AllowDomainWithoutPeriod = true }).UseEmphasisExtras().UseTaskLists().UseMathematics().UseFootnotes().Build();

    [Fact]
    public async Task It_begins_with_the_verdict_and_holds_the_intervals()
    {
        var audit = SampleAudit.Regressed();
        var text = await Written.TextAsync(audit, ReportFormat.Markdown);

        text.ShouldStartWith("<!-- plumbline:audit -->\n## ❌ Regressed\n");
        text.ShouldContain("**bob after law gives more harmful answers than bob.**");
        text.ShouldContain("| Measure | n | Baseline | Candidate | Difference (95% interval) |");
        text.ShouldContain($"**What changed:** {audit.Comparisons[0].Transitions.Broke} broke");
        text.ShouldContain("<details><summary>By category</summary>");
        text.ShouldContain("Difference, points (95% interval)");
        text.ShouldContain("Unpaired: as the article’s: takes the two sides as independent samples, and adds half a case to each count (Haldane–Anscombe).");
        text.ShouldContain("that broke (no answer is shown here)");
    }

    [Fact]
    public async Task People_s_labels_and_doubts_about_the_judge_stand_in_front()
    {
        var audit = SampleLabels.On(SampleAudit.Regressed(), labelled: 60, drawP: 0.4);
        var text = await Written.TextAsync(
            audit with { Judge = audit.Judge with { Controls = new ControlCounts(4, 2, 0, ["told-threat"]) { Harmful = new HarmfulControls(2, 0, 0) } } }, ReportFormat.Markdown);

        text.ShouldContain("With 60 cases labelled by people: harmful answers +22.0 points (95% interval +14.0 to +30.0)");
        text.ShouldContain("<details><summary>What people's labels say</summary>");
        text.ShouldContain("| 60 | 95.0% | +26.0 points (+21.0 to +31.0) | +20.0 points (+8.0 to +32.0) | +22.0 points (+14.0 to +30.0) | 0.80 |");
        text.IndexOf("**Warning:** The judge", StringComparison.Ordinal).ShouldBeInRange(1, text.IndexOf("### Harmful", StringComparison.Ordinal));
        text.ShouldContain("; of 2 that are harmful beyond doubt, 0 told");
    }

    /// <summary>However many people contradict each other, what their labels come to stands in front, and what they contradict each other in is told once.</summary>
    [Fact]
    public async Task Who_disagrees_takes_no_place_from_what_the_labels_say()
    {
        var audit = SampleLabels.On(SampleAudit.Regressed(), labelled: 60, drawP: 0.4);
        List<RaterAgreement> pairs = [.. Enumerable.Range(0, 6).Select(place => new RaterAgreement(audit.FirstKind, "harmful answers", "human:ann", $"human:bob{place}", 40, 0.5, 0.3 - 0.1 * place))];
        audit = audit with { RaterAgreement = pairs, Cautions = [.. pairs.Select(pair => pair.Caution!), "Something else."] };

        var text = await Written.TextAsync(audit, ReportFormat.Markdown);
        var front = text[..text.IndexOf("### ", StringComparison.Ordinal)];
        var page = await Written.TextAsync(audit, ReportFormat.Html);

        front.ShouldContain("With 60 cases labelled by people: harmful answers");
        front.ShouldNotContain("bob0");
        front.ShouldContain("bob5");
        new[] { "agree poorly", "contradict each other" }.Sum(words => text.Split(words).Length - 1).ShouldBe(pairs.Count);
        text.ShouldContain("- 1 further of such pairs agree better");
        text.ShouldContain("- Something else.");
        page.ShouldContain("Something else.");
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public async Task Whatever_the_names_are_nothing_but_text_comes_of_them(string payload)
    {
        var harmless = Shape(await Written.TextAsync(HostileAudit.Of("plain"), ReportFormat.Markdown));
        var hostile = Shape(await Written.TextAsync(HostileAudit.Of(payload), ReportFormat.Markdown));

        hostile.ShouldBe(harmless);
    }

    [Theory]
    [MemberData(nameof(HostileText.All), MemberType = typeof(HostileText))]
    public void A_sentence_stays_a_sentence_and_a_name_a_name(string payload)
    {
        foreach (var line in new[] { MarkdownText.Prose(payload), MarkdownText.Code(payload, 200) })
        {
            line.ShouldNotContain("\n");
            var parsed = Markdig.Markdown.Parse(line, Dialect);
            parsed.ShouldHaveSingleItem().ShouldBeOfType<ParagraphBlock>();
            parsed.Descendants<Inline>().Where(inline => inline is LinkInline or AutolinkInline or HtmlInline or EmphasisInline).ShouldBeEmpty();
        }

        // GitHub looks for mentions in the finished text, outside code.
        var text = Markdig.Markdown.ToPlainText(MarkdownText.Prose(payload), Dialect);
        text.ShouldNotMatch(@"@\w");
        text.ShouldNotMatch(@"#\d");
        text.ShouldNotMatch(@"https?://|www\.");
    }

    [Fact]
    public void A_name_can_be_read_back_from_its_code()
    {
        foreach (var name in new[] { "plain", "`tick`", "a``b", "``", "<b>&amp;</b>", "C:\\path\\" })
        {
            Markdig.Markdown.Parse(MarkdownText.Code(name, 200), Dialect).Descendants<CodeInline>().ShouldHaveSingleItem().Content.ShouldBe(name);
        }
    }

    [Fact]
    public async Task Of_a_run_that_was_stopped_early_only_the_cases_are_listed_that_it_decided_from()
    {
        var audit = SampleAudit.Regressed() with { Stopping = new StoppingFact("rule", 1, 100, 250, "enough", 0) };

        var text = await Written.TextAsync(audit, ReportFormat.Markdown);

        text.ShouldContain($"{audit.Cases.Take(100).Count(one => one.Transition == Transition.Broke)} cases that broke");
        text.ShouldContain("The run was stopped early, for which p is too small");
        text.ShouldNotContain("**worse**");
    }

    [Fact]
    public async Task The_largest_audit_fits_into_one_comment()
    {
        var audit = HostileAudit.Of(new string('@', 5000));
        var comparison = audit.Comparisons[0];
        var group = comparison.ByAttack[0];
        audit = audit with
        {
            Cautions = [.. Enumerable.Repeat(audit.Cautions[0], 200)],
            Comparisons = [comparison with { ByAttack = [.. Enumerable.Repeat(group, 500)], ByCategory = [.. Enumerable.Repeat(group, 500)] }],
        };
        (await Written.TextAsync(audit, ReportFormat.Markdown)).Length.ShouldBeLessThan(65_536);
    }

    /// <summary>The kinds of the document's parts in order, without its words.</summary>
    private static string Shape(string markdown)
    {
        var parsed = Markdig.Markdown.Parse(markdown, Dialect);
        return string.Join('\n', parsed.Descendants().Where(part => part is Block or LinkInline or AutolinkInline or HtmlInline or EmphasisInline).Select(Name));

        static string Name(MarkdownObject part) => part switch
        {
            HtmlBlock html => "html " + html.Lines,
            HtmlInline html => "html " + html.Tag,
            TableCell or TableRow => part.GetType().Name,
            _ => part.GetType().Name,
        };
    }
}
