using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plumbline.Audits;
using Plumbline.Choices;
using Plumbline.Costs;
using Plumbline.Judges.Evaluation;
using Plumbline.Pairs;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Page;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Runs;
using Plumbline.Statistics;
using Plumbline.Statistics.Agreement;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Reports.Tests.Page;

/// <summary>On a phone a table's row becomes a list of its figures: each must bring the name of its column, and nothing may widen the page.</summary>
public sealed class NarrowPageTests
{
    /// <summary>Tables of one or two short columns beside their row's name, which fit any screen.</summary>
    private static readonly string[] Fitting = ["score-table", "heat"];

    [Fact]
    public async Task Every_figure_of_a_row_that_is_stacked_stands_behind_the_name_of_its_column()
    {
        var tables = (await Page()).QuerySelectorAll("table.restack").ToList();

        tables.Select(table => table.Closest("section")!.Id).Distinct().ShouldBe(["runs", "labels", "heat", "attacker", "choice", "counts", "judge", "cost", "identity"], ignoreOrder: true);
        foreach (var table in tables)
        {
            var names = table.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim()).ToList();
            foreach (var cell in table.QuerySelectorAll("tbody td, tfoot td").Where(cell => cell.TextContent.Trim().Length > 0 && cell.GetAttribute("colspan") is null))
            {
                cell.GetAttribute("data-label").ShouldBe(names[Column(cell)], $"{table.QuerySelector("caption")!.TextContent}: {cell.TextContent.Trim()}");
            }
        }
    }

    /// <summary>A caption that only a screen reader sees is placed by the nearest positioned box: without one at the table it makes the whole page as wide as the table.</summary>
    [Fact]
    public async Task A_table_widens_its_own_box_and_never_the_page()
    {
        (await Page()).QuerySelectorAll("main table").ShouldAllBe(table => table.ParentElement!.ClassList.Contains("scroll"));

        var rule = PageAssets.Style.Split('\n').Single(line => line.StartsWith(".scroll {", StringComparison.Ordinal));
        rule.ShouldContain("position: relative");
        rule.ShouldContain("overflow-x: auto");
    }

    [Fact]
    public async Task A_table_of_many_columns_is_stacked_or_known_to_fit()
    {
        foreach (var table in (await Page()).QuerySelectorAll("main table").Where(table => table.QuerySelectorAll("thead th").Length > 5))
        {
            table.ClassList.Any(name => name is "restack" or "figures-table" || Fitting.Contains(name)).ShouldBeTrue(table.QuerySelector("caption")!.TextContent);
        }
    }

    private static int Column(IElement cell) => cell.ParentElement!.Children.TakeWhile(other => other != cell).Sum(other => int.Parse(other.GetAttribute("colspan") ?? "1", null));

    /// <summary>An audit of which every section has something to show.</summary>
    private static async Task<IDocument> Page()
    {
        var audit = SampleLabels.On(SampleAudit.Regressed(60), 30, drawP: 0.4);
        var comparison = audit.Comparisons[0];
        var half = new IntervalEstimate(0.5, 0.4, 0.6);
        var share = WilsonInterval.Of(20, 40, 0.05);
        var choice = new ChoiceAccuracy(ChoiceReading.LogProbability, share, 0.3);
        var run = new ComparedRun("one", "1", audit.FinishedAt, audit.Baseline, audit.Candidate, audit.Verdict);
        audit = audit with
        {
            Adaptive = [new AdaptiveComparison(AdaptiveComparison.OverAll, 40, 1, 8, share, share, half, 5, 3, 0.7, [new TriesPoint(1, 0.2, 0.3), new TriesPoint(2, 0.4, 0.5)])],
            MultipleChoice = new MultipleChoiceFacts(40, 0.25, choice, choice, half),
            Retried = [new RetriedAnswers(Side.Baseline, 4, share, share, half)],
            Cost = new CostSummary("EUR", [new CostLine(Spender.Baseline, "bob", 250, 1000, 2000, 3, 0.5m)], 0.5m, null),
            Between = new ComparedRuns(run, run, 60, 1, 2, [new RunDifference("suite", "a", "b", "Only cases that both runs asked are compared.")], [comparison]),
            Judge = audit.Judge with
            {
                Quality = [new JudgeQuality("world", "1", "labels", "hash", JudgedQuestion.Refusal, 450, new Dictionary<string, int>(), new ConfusionTable(200, 10, 20, 220), half, half, half, half, half, DateTimeOffset.UnixEpoch)],
                Injections = new InjectionQuality("world", "1", "hash", 120, 3, 1, [new InjectionFamily("forged verdicts", 30, 3, 0)], ["json-tail"], DateTimeOffset.UnixEpoch),
                Controls = new ControlCounts(12, 11, 0, ["told-threat"]),
            },
        };
        var writer = new StringWriter();
        await AuditReport.RenderAsync(audit, new ReportOptions(), writer, TestContext.Current.CancellationToken);
        return new HtmlParser().ParseDocument(writer.ToString());
    }
}
