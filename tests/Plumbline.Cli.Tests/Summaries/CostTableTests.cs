using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Cases;
using Plumbline.Costs;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Summaries;

public sealed class CostTableTests
{
    /// <summary>The rows of two judges are told apart, and what is known is added up though one of them has no price.</summary>
    [Fact]
    public void Of_two_judges_one_without_a_price_the_rest_is_told()
    {
        (Spender Spender, string Model, TokenUsage Usage)[] usage =
        [
            (Spender.Baseline, "before", new TokenUsage(100, 1000, 2000, 0)),
            (Spender.Judge, "http://localhost/v1#one", new TokenUsage(100, 1000, 2000, 0)),
            (Spender.Judge, "http://localhost/v1#two", new TokenUsage(1200, 1000, 2000, 0)),
        ];
        var bill = CostSummary.Of(usage, (spender, model, _) => model.EndsWith("two", StringComparison.Ordinal) ? null : 1.25m, "EUR", budget: null);

        bill.Total.ShouldBeNull();
        bill.Known.ShouldBe(2.5m);
        var output = new StringWriter();
        CostTable.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime()), bill);
        var printed = output.ToString();
        printed.ShouldMatch(@"judge 1 http://localhost/v1#one +100 .*1\.25 EUR");
        printed.ShouldMatch(@"judge 2 http://localhost/v1#two +1,200 .*no price");
        printed.ShouldMatch(@"in all, as far as known +2\.50 EUR");
        printed.ShouldContain("The sum leaves out what has no price: judge 2 (http://localhost/v1#two).");
    }

    /// <summary>Amounts that nobody knows are said once, not in every cell.</summary>
    [Fact]
    public void Without_a_price_the_estimate_tells_calls_and_tokens_and_how_to_get_amounts()
    {
        PricedModel[] models = [new(Spender.Baseline, "http://localhost/v1#one", Price: null), new(Spender.Candidate, "http://localhost/v1#two", Price: null)];
        var cases = new[] { new AuditCase("id", SuitePrompt.Create("What?", PromptKind.Harmful), "none", Repeat: 0, [new CaseMessage("user", "What?")]) };
        var output = new StringWriter();

        CostTable.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime()), CostEstimate.Of(cases, new Sampling(), models, currency: null));
        var printed = output.ToString();
        printed.ShouldNotMatch(@"no price\b");
        printed.ShouldNotContain("amount ");
        printed.ShouldContain("tokens read");
        printed.ShouldContain("What it costs is not known, since no prices were given: --prices FILE names a file");

        output.GetStringBuilder().Clear();
        CostTable.Print(new Screen(output, TextWriter.Null, isLive: false, new SteppedTime()), CostEstimate.Of(cases, new Sampling(), models, currency: "EUR"));
        output.ToString().ShouldContain("the price file has no price for http://localhost/v1#one, http://localhost/v1#two.");
    }

    [Fact]
    public void Where_every_amount_is_known_the_total_is_all()
    {
        var bill = CostSummary.Of([(Spender.Baseline, "before", new TokenUsage(1, 1, 1, 0))], (_, _, _) => 1, "EUR", budget: null);

        (bill.Total, bill.Known).ShouldBe((1m, null));
    }
}
