using System.Globalization;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Reports.Text;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Statistics.Agreement;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.Audits;

/// <summary>The sections that count cases anew, and those that an audit has only sometimes.</summary>
public sealed class SectionTests
{
    [Fact]
    public async Task Each_cell_of_the_heat_map_is_the_share_of_its_cases()
    {
        var audit = SampleAudit.Regressed(400);
        var page = await Page(audit);
        var attacks = page.QuerySelectorAll("#heat table.heat thead th.turned").Select(head => head.TextContent).ToList();
        attacks.Count.ShouldBe(8);
        foreach (var row in page.QuerySelectorAll("#heat table.heat tbody tr"))
        {
            var category = row.QuerySelector("th")!.TextContent;
            foreach (var (attack, cell) in attacks.Zip(row.QuerySelectorAll("td")))
            {
                var cases = audit.Cases.Where(one => one.Attack == attack && one.Category == category && one.Transition is not (null or Transition.Unscored)).ToList();
                var bad = cases.Count(one => one.Transition is Transition.Broke or Transition.StayedBroken);
                var shown = cases.Count == 0 ? "–" : Math.Round(100.0 * bad / cases.Count).ToString(CultureInfo.InvariantCulture) + "%";
                (cell.FirstChild?.TextContent.Trim() ?? "").ShouldBe(shown, $"{attack}, {category}");
                if (cases.Count > 0)
                {
                    cell.GetAttribute("title")!.ShouldContain($"candidate {bad} of {cases.Count} (");
                }
            }
        }

        page.QuerySelectorAll("#heat details tbody tr").Length.ShouldBe(audit.Cases.Select(one => (one.Attack, one.Category)).Distinct().Count());
    }

    /// <summary>The tile says why it has no figure, and the reason is the true one.</summary>
    [Fact]
    public async Task A_tile_without_understanding_says_why()
    {
        var audit = SampleAudit.Regressed(40);
        var first = audit.Comparisons[0];
        var other = first with { Kind = PromptKind.Lookalike };
        first.Criteria.ShouldContain(one => one.Criterion == Criterion.Understanding);
        var blind = first with { Criteria = [.. first.Criteria.Where(one => one.Criterion != Criterion.Understanding)] };

        (await Tiles(blind, other)).ShouldContain("judged on the look-alike prompts, further down");
        (await Tiles(blind)).ShouldContain("this judge does not see it");
        var pending = other with { Criteria = [], Outcome = null, Counts = other.Counts with { Scored = 0, Pending = 3 } };
        (await Tiles(blind, pending)).ShouldContain("nothing of it is judged yet", customMessage: "its other cases may still tell it");
        audit = audit with { Judge = audit.Judge with { Criteria = [Criterion.Compliance] } };
        (await Tiles(blind, pending)).ShouldContain("this judge does not see it", customMessage: "no case that is pending will tell it");
        (await Tiles(blind, pending with { Kind = PromptKind.Capability })).ShouldContain("nothing of it is judged yet", customMessage: "tasks tell it, whoever judges the rest");
        (await Tiles(blind with { Criteria = [], Outcome = null, Counts = blind.Counts with { Scored = 0, Pending = 3 } })).ShouldContain("no case is judged on both sides yet");
        (await Tiles(blind with { Criteria = [], Outcome = null, Counts = blind.Counts with { Scored = 0, Pending = 0 } })).ShouldContain("no case is scored on both sides");

        async Task<string> Tiles(params KindComparison[] comparisons) => (await Page(audit with { Comparisons = comparisons })).QuerySelector(".figures")!.TextContent;
    }

    [Fact]
    public async Task A_p_value_in_a_tile_stays_on_one_line()
    {
        var audit = SampleAudit.Regressed(12);
        var comparison = audit.Comparisons[0];

        (await Page(audit with { Comparisons = [comparison with { Outcome = comparison.Outcome! with { PromptP = 1e-9 } }] })).QuerySelector(".figures")!.TextContent.ShouldContain("p\u00a0<\u00a00.001");
    }

    /// <summary>Where cases share prompts, two exact tests say two things, and only one decides.</summary>
    [Fact]
    public async Task The_test_that_decides_is_the_one_that_is_named_and_shown_first()
    {
        var audit = SampleAudit.Regressed(12);
        var comparison = audit.Comparisons[0];
        var page = await Page(audit with { Comparisons = [comparison with { Outcome = comparison.Outcome! with { McNemarP = 0.004, PromptP = 0.317 } }] });

        page.QuerySelector(".figures")!.TextContent.ShouldContain("exact test over prompts: p\u00a0=\u00a00.317");
        page.QuerySelector(".figures")!.TextContent.ShouldNotContain("0.004");
        page.QuerySelector("#method")!.TextContent.ShouldNotContain("McNemar test rejects");
        page.QuerySelector(".figures-table")!.TextContent.ShouldContain("takes prompts as independent: the one that decides");
        page.QuerySelector("#method")!.TextContent.ShouldNotContain("stopped early");

        var stopped = await Page(audit with { Stopping = new StoppingFact("rule", 1, 6, 12, "enough", 0) });
        stopped.QuerySelector(".figures-table")!.TextContent.ShouldContain("it does not decide a run that was stopped early");
        stopped.QuerySelector("#method")!.TextContent.ShouldContain("the evidence in “Stopping early” decided it");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.001, 1)]
    [InlineData(0.05, 1)]
    [InlineData(0.3, 3)]
    [InlineData(0.31, 4)]
    [InlineData(1, 6)]
    public void Only_a_share_of_nothing_has_no_shade(double share, int level) => HeatScale.Level(share).ShouldBe(level);

    [Fact]
    public async Task The_scores_are_counted_over_the_cases_that_both_sides_have()
    {
        var audit = SampleAudit.Regressed(300);
        var page = await Page(audit);
        var scored = audit.Comparisons[0].Counts.Scored;
        foreach (var row in page.QuerySelectorAll(".score-table tbody tr"))
        {
            row.QuerySelectorAll("td.num").Sum(cell => int.Parse(cell.TextContent.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)).ShouldBe(scored);
        }

        page.QuerySelectorAll("#profile .multiple").Length.ShouldBe(5);
        page.QuerySelector("#profile svg.radar")!.GetAttribute("aria-label")!.ShouldContain("fraud: baseline");
    }

    [Fact]
    public async Task What_is_known_of_the_judge_is_shown_and_what_is_not_is_said()
    {
        (await Page(SampleAudit.Held(20))).QuerySelector("#judge")!.TextContent.ShouldContain("Nothing is known of it here");

        var audit = SampleAudit.Held(20);
        var half = new IntervalEstimate(0.9, 0.85, 0.94);
        var quality = new JudgeQuality("world", "1", "<b>labels</b>", "hash", JudgedQuestion.Refusal, 450, new Dictionary<string, int>(), new ConfusionTable(200, 10, 20, 220), half, half, half, half, half, DateTimeOffset.UnixEpoch);
        var page = await Page(audit with
        {
            Judge = audit.Judge with
            {
                Quality = [quality],
                Injections = new InjectionQuality("world", "1", "hash", 120, 3, 1, [new InjectionFamily("forged verdicts", 30, 3, 0)], ["json-tail"], DateTimeOffset.UnixEpoch),
                Controls = new ControlCounts(12, 11, 0, ["<i>"]),
            },
        });

        var section = page.QuerySelector("#judge")!;
        section.TextContent.ShouldContain("<b>labels</b>: is it a refusal?");
        section.TextContent.ShouldContain("85.0% to 94.0%");
        section.TextContent.ShouldContain("turned by json-tail");
        section.QuerySelectorAll("b, i").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_people_s_labels_make_of_the_judge_stands_beside_the_verdict()
    {
        (await Page(SampleAudit.Held(20))).QuerySelector("#labels").ShouldBeNull();

        var page = await Page(SampleLabels.On(SampleAudit.Regressed(), labelled: 60, drawP: 0.4));

        page.QuerySelector("#verdict")!.TextContent.ShouldContain("With 60 cases labelled by people: harmful answers +22.0 points (95% interval +14.0 to +30.0), where the judge alone sees +26.0 points (+21.0 to +31.0). "
            + "People and judge say the same of 95.0% of the labelled answers. It holds if the cases were drawn at random.");
        var section = page.QuerySelector("#labels")!.TextContent;
        section.ShouldContain("unbiased only where the labelled cases were drawn at random");
        section.ShouldContain("weight of the judge 0.80");
        page.QuerySelectorAll("nav a").ShouldContain(link => link.GetAttribute("href") == "#labels");
    }

    [Fact]
    public async Task Labels_of_cases_that_were_chosen_make_no_corrected_figure()
    {
        var page = await Page(SampleLabels.On(SampleAudit.Regressed(), labelled: 60, drawP: 1e-6));

        page.QuerySelector("#verdict")!.TextContent.ShouldContain("60 cases labelled by people do not look drawn at random, so they cannot correct the judge.");
        page.QuerySelector("#labels")!.TextContent.ShouldNotContain("+22.0");
        page.QuerySelector("#labels")!.TextContent.ShouldContain("no random draw");
    }

    [Fact]
    public async Task A_judge_that_calls_everything_safe_is_doubted_in_the_verdict()
    {
        var audit = SampleAudit.Held(20);
        var page = await Page(audit with { Judge = audit.Judge with { Controls = new ControlCounts(4, 2, 0, ["told-threat", "told-poison"]) { Harmful = new HarmfulControls(2, 0, 0) } } });

        page.QuerySelector("#verdict .doubt")!.TextContent.ShouldContain("Warning: The judge 'world' calls harmful answers safe: of 2 made-up answers that anybody would call harmful it told none.");
        page.QuerySelector("#judge")!.TextContent.ShouldContain("0 of 2");
        (await Page(audit)).QuerySelector("#verdict .doubt").ShouldBeNull();
    }

    /// <summary>What is drawn can be read: the figures of each group with their intervals and units, as in Markdown.</summary>
    [Fact]
    public async Task Each_group_has_its_figures_with_their_intervals()
    {
        var audit = SampleAudit.Regressed();
        var page = await Page(audit);

        foreach (var group in audit.Comparisons[0].ByAttack.Concat(audit.Comparisons[0].ByCategory))
        {
            var row = page.QuerySelectorAll("#groups tbody tr").Single(row => row.QuerySelector("th .name")!.TextContent == group.Name);
            var (before, after, difference) = (group.Baseline!, group.Candidate!, group.Difference!);
            row.QuerySelectorAll("td.num").Select(cell => string.Join(" | ", cell.ChildNodes.Select(part => part.TextContent.Trim()))).ShouldBe(
            [
                Numbers.Thousands(before.N),
                $"{Numbers.Share(before.Rate)} | {Numbers.Interval(before.Low, before.High, Numbers.Share)}",
                $"{Numbers.Share(after.Rate)} | {Numbers.Interval(after.Low, after.High, Numbers.Share)}",
                $"{Numbers.SignedPoints(difference.Estimate)} | {Numbers.Interval(difference.Low, difference.High, Numbers.Points)}",
                Numbers.Thousands(group.Transitions.Broke),
            ]);
        }
    }

    /// <summary>How many strings a probe of another version or of a recording had is not known: the page tells what the document does.</summary>
    [Fact]
    public async Task A_probe_tells_what_was_asked_and_demanded_and_no_number_of_today()
    {
        var tables = (await Page(SampleAudit.Held(20))).QuerySelectorAll("#counts table");

        tables[^1].QuerySelectorAll("tbody td").Select(cell => cell.TextContent).ShouldBe(["0 of 8 asked", "at least 6", "left out"]);
    }

    [Fact]
    public async Task Where_people_and_judge_agree_everywhere_another_figure_is_explained()
    {
        var labelled = SampleLabels.On(SampleAudit.Regressed(), labelled: 60, drawP: 0.4);
        var one = labelled.Labelled![0].Comparisons[0];

        (await Verdict(one with { Agreement = 1 })).ShouldContain("People and judge say the same of every labelled answer, so no score of the judge is doubted; the figure is another because it also goes by the 60 cases with "
            + "labels for themselves, which show +20.0 points (weight of the judge over all cases: 0.80).");
        (await Verdict(one with { Agreement = 1, Difference = one.Difference! with { Weight = 0 } })).ShouldContain("the figure is that of the 60 cases with labels alone.");
        (await Verdict(one with { Agreement = 1, Difference = one.Difference! with { JudgeOnly = 0.22 } })).ShouldContain("so no score of the judge is doubted. It holds");

        async Task<string> Verdict(LabelledComparison changed) =>
            (await Page(labelled with { Labelled = [new LabelledBy("human", [changed])] })).QuerySelector("#verdict")!.TextContent;
    }

    private static async Task<IHtmlDocument> Page(AuditDocument audit)
    {
        var writer = new StringWriter();
        await AuditReport.RenderAsync(audit, new ReportOptions(), writer, TestContext.Current.CancellationToken);
        return new HtmlParser().ParseDocument(writer.ToString());
    }
}
