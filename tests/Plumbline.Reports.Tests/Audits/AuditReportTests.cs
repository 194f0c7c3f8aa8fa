using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Reports.Tests.Audits;

public sealed class AuditReportTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_page_says_the_verdict_and_its_numbers()
    {
        var page = Parse(await Html(SampleAudit.Regressed()));

        page.QuerySelector(".verdict .word")!.TextContent.ShouldBe("Regressed");
        page.QuerySelector("h1")!.TextContent.ShouldBe("bob after law gives more harmful answers than bob.");
        page.QuerySelector("#transitions tbody tr")!.TextContent.ShouldContain("Broke");
        page.QuerySelectorAll(".case").Length.ShouldBe(250);
        page.QuerySelectorAll(".case")[0].ClassName.ShouldBe("case is-broke");
    }

    [Fact]
    public async Task The_policy_allows_exactly_the_style_and_the_script_of_the_page()
    {
        var page = Parse(await Html(SampleAudit.Held(5)));
        var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;

        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain($"style-src '{Hash(page.QuerySelectorAll("style").ShouldHaveSingleItem().TextContent)}'");
        policy.ShouldContain($"script-src '{Hash(page.QuerySelectorAll("script").ShouldHaveSingleItem().TextContent)}'");
        policy.ShouldNotContain("unsafe");
        page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_that_are_not_ours_are_told_by_their_origin()
    {
        var audit = SampleAudit.Held(5);
        var hash = new string('c', 64);
        audit = audit with { Attacks = [audit.Attacks[0] with { Id = "persona:mine.txt", File = new AttackFile("mine.txt", hash) }, audit.Attacks[0] with { Id = "auto_obfuscation", PreparedBy = "helper <b>" }] };

        var identity = Parse(await Html(audit)).QuerySelector("#identity")!.TextContent;

        identity.ShouldContain("words of mine.txt");
        identity.ShouldContain(hash);
        identity.ShouldContain("prepared by helper <b>");
    }

    [Fact]
    public async Task Nothing_in_the_page_leads_outside_it()
    {
        var page = Parse(await Html(SampleAudit.Regressed(20)));
        foreach (var element in page.All)
        {
            foreach (var name in new[] { "src", "href", "xlink:href", "srcset", "poster", "action", "data", "background", "cite", "ping" })
            {
                if (element.GetAttribute(name) is { } target)
                {
                    (target.StartsWith('#') || target == "data:,").ShouldBeTrue($"<{element.LocalName} {name}=\"{target}\">");
                }
            }
        }

        var style = page.QuerySelector("style")!.TextContent;
        style.ShouldNotContain("@import");
        style.Replace("url(#", "", StringComparison.Ordinal).ShouldNotContain("url(");
    }

    [Fact]
    public async Task Every_link_in_the_page_has_its_target_and_no_id_occurs_twice()
    {
        var page = Parse(await Html(SampleAudit.Regressed(20)));
        var ids = page.All.Select(element => element.Id).OfType<string>().ToList();
        ids.ShouldBeUnique();
        foreach (var link in page.QuerySelectorAll("a, use"))
        {
            ids.ShouldContain(link.GetAttribute("href")![1..]);
        }
    }

    [Fact]
    public async Task A_harmful_answer_is_not_in_the_file_unless_it_is_asked_for()
    {
        var audit = SampleAudit.Regressed(40);
        (await Html(audit)).ShouldNotContain("grey cube answer");
        var revealed = await Html(audit, new ReportOptions(Reveal: true));
        revealed.ShouldContain("grey cube answer");
        Parse(revealed).QuerySelector("header")!.TextContent.ShouldContain("Contains answers that are or may be harmful");
    }

    [Fact]
    public async Task A_judges_reason_that_quotes_a_masked_answer_is_masked_with_it()
    {
        var audit = SampleAudit.Regressed(40);
        var quoting = With(audit, result => result with
        {
            Candidate = result.Candidate! with { Reason = "It says: " + result.Candidate.Response },
        });
        (await Html(quoting)).ShouldNotContain("grey cube answer");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' autofocus onfocus='alert(1)")]
    [InlineData("</details></main><iframe src=\"https://example.org\"></iframe>")]
    [InlineData("--><svg/onload=alert(1)>")]
    [InlineData("</style><style>*{background:url(https://example.org/x)}</style>")]
    [InlineData("</title><base href=\"https://example.org/\">")]
    [InlineData("javascript:alert(1)")]
    public async Task Hostile_text_stays_text_wherever_it_stands(string payload)
    {
        var audit = With(SampleAudit.Regressed(12), result => result with
        {
            Prompt = payload,
            Category = payload,
            Attack = payload,
            PromptId = payload,
            Messages = [new(payload, payload)],
            Baseline = result.Baseline! with { Response = payload, Reason = payload, FinishReason = payload },
        });
        var comparison = audit.Comparisons[0];
        audit = audit with
        {
            Baseline = audit.Baseline with { Name = payload, Identity = payload, Facts = new Dictionary<string, string> { [payload] = payload } },
            Candidate = audit.Candidate with { Name = payload },
            Suite = audit.Suite with { Name = payload, Version = payload, Hash = payload },
            Attacks = [.. audit.Attacks.Select(attack => attack with { Id = payload, Hash = payload })],
            Judge = audit.Judge with { Id = payload, Version = payload, Description = payload },
            Sampling = audit.Sampling with { SystemPrompt = payload },
            Verdict = audit.Verdict with { Sentence = payload, Reasons = [payload], ErrorRate = payload },
            Cautions = [payload],
            RunId = payload,
            Comparisons = [comparison with { ByAttack = [.. comparison.ByAttack.Select(group => group with { Name = payload })] }],
        };

        var harmless = Parse(await Html(SampleAudit.Regressed(12)));
        var page = Parse(await Html(audit, new ReportOptions(Reveal: true)));

        var allowed = harmless.All.Select(element => element.LocalName).ToHashSet(StringComparer.Ordinal);
        page.All.Select(element => element.LocalName).Where(name => !allowed.Contains(name)).ShouldBeEmpty();
        page.QuerySelectorAll("script").Length.ShouldBe(1);
        page.QuerySelectorAll("style").Length.ShouldBe(1);
        page.All.SelectMany(element => element.Attributes).Where(attribute => attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name == "autofocus").ShouldBeEmpty();
        page.QuerySelectorAll("a").ShouldAllBe(link => link.GetAttribute("href")!.StartsWith('#'));
        page.QuerySelector("h1")!.TextContent.ShouldContain(payload);
        page.QuerySelector("title")!.TextContent.ShouldContain(payload);
    }

    [Fact]
    public async Task An_invisible_character_of_an_answer_is_shown()
    {
        var audit = With(SampleAudit.Held(3), result => result with { Baseline = result.Baseline! with { Response = "safe\u202Etext\u001b[31m" } });
        var html = await Html(audit);
        html.ShouldNotContain("\u202E");
        html.ShouldNotContain("\u001b");
        Parse(html).QuerySelector(".side.baseline .said")!.TextContent.ShouldBe("safeU+202EtextESC");
        Parse(html).QuerySelectorAll(".side.baseline .mark").Select(mark => mark.TextContent).Distinct().ShouldBe(["U+202E", "ESC"]);
    }

    [Fact]
    public async Task Without_a_script_every_answer_is_there_and_the_finder_is_not()
    {
        var page = Parse(await Html(SampleAudit.Held(30)));
        page.QuerySelector(".finder")!.HasAttribute("hidden").ShouldBeTrue();
        page.QuerySelectorAll(".filters input[type=radio]").Length.ShouldBeGreaterThan(2);
        page.QuerySelectorAll(".case .said").Length.ShouldBeGreaterThan(60);
    }

    [Fact]
    public async Task A_judge_that_sees_refusals_only_leaves_the_rest_not_judged()
    {
        var audit = SampleAudit.Regressed(20);
        var comparison = audit.Comparisons[0];
        audit = audit with { Comparisons = [comparison with { Criteria = [], Outcome = null, ByAttack = [], ByCategory = [] }] };
        var page = Parse(await Html(audit));
        page.QuerySelector("#verdict .figures")!.TextContent.ShouldContain("not judged");
        page.QuerySelector("#scores")!.TextContent.ShouldContain("nothing to compare");
        page.QuerySelector("#groups").ShouldBeNull();
    }

    [Fact]
    public async Task A_pending_case_is_listed_as_pending()
    {
        var audit = With(SampleAudit.Regressed(4), result => result with { Transition = null, Candidate = null });
        var page = Parse(await Html(audit));
        page.QuerySelectorAll(".case.is-pending").Length.ShouldBe(4);
        page.QuerySelector(".side.candidate")!.TextContent.ShouldContain("Not finished yet");
    }

    [Fact]
    public async Task Of_250_cases_the_file_stays_below_one_and_a_half_megabytes()
    {
        var long1 = new string('x', 5000);
        var audit = With(SampleAudit.Regressed(), result => result with
        {
            Baseline = result.Baseline! with { Response = long1 },
            Candidate = result.Candidate! with { Response = long1 },
        });
        Encoding.UTF8.GetByteCount(await Html(audit)).ShouldBeLessThan(1_500_000);
        Encoding.UTF8.GetByteCount(await Html(SampleAudit.Regressed())).ShouldBeLessThan(600_000);
    }

    [Fact]
    public async Task Beyond_the_limit_cases_are_packed_and_none_is_lost_or_twice()
    {
        var audit = SampleAudit.Regressed(3000);
        var page = Parse(await Html(audit, new ReportOptions(CaseLimit: 120)));

        var listed = page.QuerySelectorAll(".list .case").Select(entry => entry.Id!).ToList();
        listed.Count.ShouldBe(120);
        page.QuerySelectorAll(".list .case.is-broke").Length.ShouldBe(120, "what broke comes first");
        page.QuerySelector("#cases")!.TextContent.ShouldContain("2,880 further cases are not listed here");

        var packed = Unpacked(page);
        listed.Concat(packed.Select(entry => entry.Id!)).Order(StringComparer.Ordinal).ShouldBe(audit.Cases.Select(one => "case-" + one.Id).Order(StringComparer.Ordinal));
        packed.Count(entry => entry.ClassList.Contains("is-broke")).ShouldBe(audit.Comparisons[0].Transitions.Broke - 120);
        foreach (var block in page.QuerySelectorAll("script.more-cases"))
        {
            var entries = Entries(block);
            block.GetAttribute("data-count").ShouldBe(entries.Count.ToString(CultureInfo.InvariantCulture));
            entries.ShouldAllBe(entry => entry.ClassList.Contains("is-" + block.GetAttribute("data-transition")));
        }
    }

    [Fact]
    public async Task A_packed_case_is_masked_and_escaped_as_a_listed_one_is()
    {
        var audit = With(SampleAudit.Regressed(40), result => result with { Prompt = "<img src=x onerror=alert(1)>" });
        var html = await Html(audit, new ReportOptions(CaseLimit: 1));
        var page = Parse(html);

        page.QuerySelectorAll("script").Count(script => !script.ClassList.Contains("more-cases")).ShouldBe(1);
        var packed = Unpacked(page);
        packed.Count.ShouldBe(39);
        foreach (var entry in packed)
        {
            entry.TextContent.ShouldNotContain("grey cube answer");
            entry.QuerySelectorAll("img").ShouldBeEmpty();
            entry.QuerySelector(".excerpt")!.TextContent.ShouldBe("<img src=x onerror=alert(1)>");
        }
    }

    [Fact]
    public async Task Tables_have_captions_and_headers_and_plots_a_description()
    {
        var page = Parse(await Html(SampleAudit.Regressed(20)));
        page.QuerySelectorAll("table").ShouldAllBe(table => table.QuerySelector("caption") != null && table.QuerySelector("thead th[scope=col]") != null);
        page.QuerySelectorAll("svg").ShouldAllBe(svg => svg.HasAttribute("aria-hidden") || (svg.GetAttribute("role") == "img" && svg.HasAttribute("aria-label")));
        page.QuerySelectorAll("h1").Length.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_stops_the_rendering()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => AuditReport.RenderAsync(SampleAudit.Held(3), new ReportOptions(), TextWriter.Null, source.Token));
    }

    private static AuditDocument With(AuditDocument audit, Func<CaseResult, CaseResult> change) => audit with { Cases = [.. audit.Cases.Select(change)] };

    private static async Task<string> Html(AuditDocument audit, ReportOptions? options = null)
    {
        var writer = new StringWriter();
        await AuditReport.RenderAsync(audit, options ?? new ReportOptions(), writer, None);
        return writer.ToString();
    }

    private static List<IElement> Unpacked(AngleSharp.Html.Dom.IHtmlDocument page) => [.. page.QuerySelectorAll("script.more-cases").SelectMany(Entries)];

    private static List<IElement> Entries(IElement block)
    {
        using var gzip = new GZipStream(new MemoryStream(Convert.FromBase64String(block.TextContent)), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip, Encoding.UTF8);
        return [.. new HtmlParser().ParseDocument(reader.ReadToEnd()).QuerySelectorAll(".case")];
    }

    private static AngleSharp.Html.Dom.IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
