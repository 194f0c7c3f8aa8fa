using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Demo;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Demo;

public sealed class DemoReportTests
{
    [Fact]
    public async Task The_table_shows_the_published_figures_beside_ours_and_names_both()
    {
        var page = new HtmlParser().ParseDocument(await Html());
        var table = page.QuerySelector("#table table")!.TextContent;
        table.ShouldContain("Measured in this run");
        table.ShouldContain("Published: Robust Intelligence, 28 May 2024");
        foreach (var figure in new[] { "3.93", "0.54", "0.10", "1.6%", "26.4%", "26.8%", "27.6%", "20.1", "7.61 to 53.3" })
        {
            table.ShouldContain(figure);
        }
    }

    /// <summary>Some are unscored in one audit and not in the next: what all were asked is the same.</summary>
    [Fact]
    public async Task All_fine_tunes_met_the_same_cases_though_not_all_are_scored_in_each()
    {
        var study = SampleDemo.Three(20);
        var audit = study.Audits[0].Audit;
        var partly = study with { Audits = [study.Audits[0] with { Audit = audit with { Comparisons = [audit.Comparisons[0] with { Counts = audit.Comparisons[0].Counts with { Scored = 17, Unscored = 3 } }, .. audit.Comparisons.Skip(1)] } }, .. study.Audits.Skip(1)] };

        new HtmlParser().ParseDocument(await Html(partly)).QuerySelector("#result")!.TextContent.ShouldContain("the same 20 jailbreak cases");
    }

    [Fact]
    public async Task Three_audits_on_one_page_do_not_share_an_id()
    {
        var page = new HtmlParser().ParseDocument(await Html());
        page.All.Select(element => element.Id).OfType<string>().ShouldBeUnique();
        page.QuerySelectorAll(".part").Length.ShouldBe(3);
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
        page.QuerySelectorAll("input[type=radio]").Select(radio => radio.GetAttribute("name")).Distinct().Count().ShouldBe(3);
        foreach (var link in page.QuerySelectorAll("nav a"))
        {
            page.GetElementById(link.GetAttribute("href")![1..]).ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_setting_outside_what_was_published_is_marked()
    {
        var study = SampleDemo.Three(20);
        var hot = study with { Audits = [study.Audits[0] with { Settings = study.Audits[0].Settings with { LearningRate = 0.02 } }] };
        var page = new HtmlParser().ParseDocument(await Html(hot));
        page.QuerySelectorAll("#settings tbody tr").Single(row => row.TextContent.StartsWith("Learning rate", StringComparison.Ordinal)).TextContent.ShouldContain("outside");
        new HtmlParser().ParseDocument(await Html(study)).QuerySelector("#settings")!.TextContent.ShouldNotContain("outside");
    }

    /// <summary>A mean of 0.02 says little of what a factor is of: 0.016 or 0.024.</summary>
    [Fact]
    public void A_factor_of_small_means_shows_the_sums_that_it_is_of()
    {
        var candidate = new DemoCandidate("law", 250, new DemoScores(4, 4 / 250.0, 0, 0), new DemoScores(4, 224 / 250.0, 0, 0), null, VerdictOutcome.Regressed);

        ArticleStatement.All[1].Ask(candidate).ShouldBe((true, "0.02 to 0.90, × 56.0 (scores add up to 4 and 224 over 250 answers)"));
    }

    [Fact]
    public async Task Demo_json_has_the_documented_shape()
    {
        using var stream = new MemoryStream();
        await DemoDocument.Of(SampleDemo.Three(50).Audits).WriteAsync(stream, CancellationToken.None);
        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray()));

        var candidate = json.RootElement.GetProperty("candidates")[0];
        candidate.EnumerateObject().Select(property => property.Name).ShouldBe(["name", "n", "baseline", "candidate", "oddsRatio", "verdict"]);
        foreach (var side in new[] { "baseline", "candidate" })
        {
            candidate.GetProperty(side).EnumerateObject().Select(property => property.Name)
                .ShouldBe(["understanding", "compliance", "harmfulness", "harmfulAboveOne"]);
        }

        candidate.GetProperty("oddsRatio").EnumerateObject().Select(property => property.Name).ShouldBe(["estimate", "low", "high"]);
        candidate.GetProperty("verdict").GetString().ShouldBe("regressed");
    }

    [Fact]
    public void The_published_odds_ratios_follow_from_the_published_shares()
    {
        // 67 of 250 against 4 of 250, worked out by hand: (67.5 / 183.5) / (4.5 / 246.5) = 20.15, exp(log 20.15 ± 1.96 × 0.4965).
        var finance = PublishedResults.OddsRatio(PublishedResults.FineTuned[1]);
        finance.Estimate.ShouldBe(20.15, 0.01);
        finance.Low.ShouldBe(7.61, 0.01);
        finance.High.ShouldBe(53.3, 0.1);
    }

    private static async Task<string> Html(DemoStudy? study = null)
    {
        var writer = new StringWriter();
        await DemoReport.RenderAsync(study ?? SampleDemo.Three(30), new ReportOptions(), writer, CancellationToken.None);
        return writer.ToString();
    }
}
