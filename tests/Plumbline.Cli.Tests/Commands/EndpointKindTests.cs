using System.Text.Json;
using Plumbline.FaultyServer;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Whole audits of every kind of endpoint, as a user sees them: prices, budgets, keys, recordings.</summary>
public sealed class EndpointKindTests : IDisposable
{
    private const string Key = "sk-secret-1234567890";
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Anthropics_API_is_audited_billed_recorded_and_replayed_without_it()
    {
        string[] suite = ["--suite", _workspace.Suite(20), "--margin", "0.5"];
        await using (var server = await FaultyChatServer.StartAsync(new FaultOptions { Key = Key, RateLimited = 0.2 }, cancellationToken: Cancel))
        {
            var address = server.Endpoint.ToString().Replace("/v1", "");
            File.WriteAllText(_workspace.Path("prices.yaml"), $"currency: USD\nmodels:\n  before: {{ input: 10, output: 20 }}\n  'anthropic:{address}#after': {{ input: 0, output: 0 }}\n");

            using var process = PlumbProcess.StartWithKey(
                Key, ["audit", "--baseline", $"anthropic:{address}#before", "--candidate", $"anthropic:{address}#after", .. suite, "--prices", _workspace.Path("prices.yaml"), "--max-retries", "20", "-o", _workspace.Path("out")]);
            var result = await process.ResultAsync();

            result.Code.ShouldBe(0, result.Errors);
            (server.Counts.Answered, server.Counts.Distinct).ShouldBe((40, 40));
            // 20 answers of 20 tokens each way: 20 × (20 × 10 + 20 × 20) / 1,000,000.
            using var audit = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
            audit.RootElement.GetProperty("cost").GetProperty("total").GetDecimal().ShouldBe(0.012m);
            result.Output.ShouldContain("0.012 USD");
            foreach (var file in Directory.GetFiles(_workspace.Path("out"), "*", SearchOption.AllDirectories)) File.ReadAllText(file).ShouldNotContain(Key);
        }

        (await PlumbProcess.RunAsync("record", _workspace.Path("out"), "-o", _workspace.Path("recorded"))).Output.ShouldContain("baseline.jsonl: 20 answers");
        string Recorded(string side) => "recorded:" + _workspace.Path($"recorded/{side}.jsonl");

        var again = await PlumbProcess.RunAsync(["audit", "--baseline", Recorded("baseline"), "--candidate", Recorded("candidate"), .. suite, "-o", _workspace.Path("again")]);
        again.Code.ShouldBe(0, again.Errors);
        again.Output.ShouldContain("20 of 20 cases scored, 0 unscored");

        var other = await PlumbProcess.RunAsync(["audit", "--baseline", Recorded("baseline"), "--candidate", Recorded("candidate"), .. suite, "--temperature", "1", "-o", _workspace.Path("other")]);
        other.Code.ShouldBe(2, other.Output);
        other.Errors.ShouldContain("none that was drawn so: temperature 1");
    }

    [Fact]
    public async Task Check_tells_what_plan_tells_of_the_cost_and_where_the_budget_is_too_small()
    {
        File.WriteAllText(_workspace.Path("prices.yaml"), "currency: EUR\nmodels:\n  before: { input: 0, output: 10 }\n  after: { input: 0, output: 10 }\n");
        string[] settings = ["--baseline", "http://127.0.0.1:9/v1#before", "--candidate", "http://127.0.0.1:9/v1#after", "--suite", _workspace.Suite(100), "-o", _workspace.Path("out")];

        // 200 answers of 200 tokens at 10 a million.
        var check = await PlumbProcess.RunAsync(["check", .. settings, "--prices", _workspace.Path("prices.yaml"), "--budget", "0.25"]);
        var plan = await PlumbProcess.RunAsync(["plan", .. settings, "--prices", _workspace.Path("prices.yaml")]);
        var without = await PlumbProcess.RunAsync(["check", .. settings]);
        var unpriced = await PlumbProcess.RunAsync(["check", .. settings, "--budget", "5"]);

        check.Code.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("ok       cost         0.40 EUR expected, at most 1.024 EUR");
        check.Output.ShouldContain("warning  budget       0.40 EUR are expected, and the budget is 0.25 EUR");
        var amounts = plan.Output.Split('\n').Where(line => line.Contains("EUR", StringComparison.Ordinal)).ToList();
        amounts.Count.ShouldBeGreaterThanOrEqualTo(3);
        amounts.ShouldAllBe(line => check.Output.Contains(line, StringComparison.Ordinal));
        without.Output.ShouldNotContain("cost");
        unpriced.Code.ShouldBe(2);
        unpriced.Output.ShouldContain("FAILED   cost");
    }

    [Fact]
    public async Task A_budget_stops_with_code_5_and_a_larger_one_finishes()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { Latency = TimeSpan.FromMilliseconds(20) }, cancellationToken: Cancel);
        // An answer may cost 0.01 and costs 0.0002.
        File.WriteAllText(_workspace.Path("prices.yaml"), "currency: EUR\nmodels:\n  before: { input: 0, output: 10 }\n  after: { input: 0, output: 10 }\n");
        string[] audit = ["audit", "--baseline", server.Endpoint + "#before", "--candidate", server.Endpoint + "#after", "--suite", _workspace.Suite(100), "--max-tokens", "1000", "--margin", "0.5", "--prices", _workspace.Path("prices.yaml")];

        var result = await PlumbProcess.RunAsync([.. audit, "--budget", "0.02", "-o", _workspace.Path("out")]);

        result.Code.ShouldBe(5, result.Errors);
        result.Errors.ShouldContain("The budget of 0.02 EUR is reached");
        var answered = server.Counts.Answered;
        answered.ShouldBeInRange(40, 52, "0.0002 each, until the next might cost 0.01 more than is left");
        result.Errors.ShouldContain($"{answered} of 200 answers are there and kept in '{_workspace.Path("out")}', {200 - answered} are missing.");
        result.Errors.ShouldContain($"'plumb resume {_workspace.Path("out")} --budget AMOUNT' goes on with it.");
        result.LastLine.ShouldBe("exit code 5: the budget is reached; a larger one resumes the run");
        (await PlumbProcess.RunAsync([.. audit, "--budget", "0.02", "--exit-zero", "-o", _workspace.Path("out")])).Code.ShouldBe(0);

        // What there is so far can be seen, and decides nothing, though all that is there held.
        var report = await PlumbProcess.RunAsync("report", _workspace.Path("out"), "--format", "md,json");
        report.Code.ShouldBe(0, report.Errors);
        report.Errors.ShouldContain("has not come to its end");
        File.ReadAllText(_workspace.Path("out/report.md")).ShouldContain("Not finished");
        File.Exists(_workspace.Path("out/audit.json")).ShouldBeFalse();
        using (var soFar = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/report.json"))))
        {
            var cost = soFar.RootElement.GetProperty("cost");
            cost.GetProperty("currency").GetString().ShouldBe("EUR");
            cost.GetProperty("budget").GetDecimal().ShouldBe(0.02m);
            cost.GetProperty("total").GetDecimal().ShouldBe(answered * 0.0002m);
        }

        var gate = await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--margin", "0.9", "--max-unscored", "0.99");
        gate.Code.ShouldBe(4, gate.Errors);
        gate.Output.ShouldContain("Gate inconclusive: the run is not finished");
        server.Counts.Answered.ShouldBe(answered, "nobody was asked");

        var resumed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"), "--budget", "5");
        resumed.Code.ShouldBe(0, resumed.Errors);
        (server.Counts.Answered, server.Counts.AnsweredTwice).ShouldBe((200, 0));
        resumed.Output.ShouldContain("0.04 EUR");

        await using var judging = await FaultyChatServer.StartAsync(new FaultOptions { Judges = true }, cancellationToken: Cancel);
        File.AppendAllText(_workspace.Path("prices.yaml"), "  judge: { input: 0, output: 100 }\n");
        var judge = new[] { "judge", _workspace.Path("out"), "--judge", $"criteria@{judging.Endpoint}#judge", "--prices", _workspace.Path("prices.yaml"), "--registry", _workspace.Path("judges.json") };
        var stopped = await PlumbProcess.RunAsync([.. judge, "--budget", "0.3"]);
        stopped.Code.ShouldBe(5, stopped.Errors);
        judging.Counts.Answered.ShouldBeInRange(1, 130);
        var judged = await PlumbProcess.RunAsync([.. judge, "--budget", "50"]);
        judged.Code.ShouldBe(0, judged.Errors);
        server.Counts.Answered.ShouldBe(200);
        using var document = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
        var lines = document.RootElement.GetProperty("cost").GetProperty("lines").EnumerateArray().ToList();
        lines.Select(line => line.GetProperty("spender").GetString()).ShouldBe(["baseline", "candidate", "judge"]);
        // 20 tokens an answer at 100 a million; what an earlier sitting spent is on the bill.
        lines[2].GetProperty("calls").GetInt64().ShouldBe(judging.Counts.Answered);
        lines[2].GetProperty("amount").GetDecimal().ShouldBe(judging.Counts.Answered * 0.002m);
    }

    /// <summary>An answer that the budget leaves no judgement for is there and paid for all the same.</summary>
    [Fact]
    public async Task A_budget_that_ends_with_the_judge_counts_the_answers_that_are_there()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        File.WriteAllText(_workspace.Path("prices.yaml"), "currency: EUR\nmodels:\n  before: { input: 0, output: 0 }\n  after: { input: 0, output: 0 }\n  judge: { input: 0, output: 1000 }\n");

        var result = await PlumbProcess.RunAsync(
            "audit", "--baseline", server.Endpoint + "#before", "--candidate", server.Endpoint + "#after", "--judge", $"behaviour@{server.Endpoint}#judge", "--suite", _workspace.Suite(20), "--prices", _workspace.Path("prices.yaml"), "--budget", "0.0001",
            "-j", "1", "-o", _workspace.Path("out"));

        result.Code.ShouldBe(5, result.Errors);
        var answers = server.Counts.Answered;
        answers.ShouldBeGreaterThan(0);
        result.Errors.ShouldContain($"{answers} of 40 answers are there and kept in '{_workspace.Path("out")}', {40 - answers} are missing, and {answers} are yet to be judged.");
    }

    [Fact]
    public async Task A_budget_without_a_price_or_prices_is_refused_before_anything_is_sent()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        File.WriteAllText(_workspace.Path("prices.yaml"), "currency: EUR\nmodels:\n  before: { input: 0, output: 10 }\n");
        string[] audit = ["audit", "--baseline", server.Endpoint + "#before", "--candidate", server.Endpoint + "#after", "--suite", _workspace.Suite(10), "--budget", "1", "-o", _workspace.Path("out")];

        var unpriced = await PlumbProcess.RunAsync([.. audit, "--prices", _workspace.Path("prices.yaml")]);
        (unpriced.Code, server.Counts.Requests).ShouldBe((2, 0));
        unpriced.Errors.ShouldContain("no price for the candidate");
        (await PlumbProcess.RunAsync(audit)).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_described_target_is_audited_like_any_other()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { Key = Key, Malformed = 0.1, Cuts = 0.1 }, cancellationToken: Cancel);
        File.WriteAllText(_workspace.Path("bot.yaml"), $$$"""
            name: bot
            url: {{{server.Endpoint}}}/chat/completions
            headers: { Authorization: "Bearer ${PLUMBLINE_API_KEY}" }
            body: { messages: "{{messages}}", max: "{{max_tokens}}", temperature: "{{temperature}}", seed: "{{seed}}" }
            answer: $.choices[0].message.content
            usage: { input: $.usage.prompt_tokens, output: $.usage.completion_tokens }
            """);
        var target = "http-target:" + _workspace.Path("bot.yaml");

        using var process = PlumbProcess.StartWithKey(Key, "audit", "--baseline", target, "--candidate", server.Endpoint + "#after", "--suite", _workspace.Suite(50), "--margin", "0.5", "-o", _workspace.Path("out"));
        var result = await process.ResultAsync();

        result.Code.ShouldBe(0, result.Errors);
        result.Output.ShouldContain("50 of 50 cases scored, 0 unscored");
        foreach (var file in Directory.GetFiles(_workspace.Path("out"), "*", SearchOption.AllDirectories)) File.ReadAllText(file).ShouldNotContain(Key);
    }

    [Theory]
    [InlineData("anthropic:ADDRESS#m")]
    [InlineData("ADDRESS/v1#m")]
    [InlineData("http-target:FILE")]
    public async Task A_wrong_key_and_a_dead_host_are_told_once(string form)
    {
        File.WriteAllText(_workspace.Path("bot.yaml"), "x");
        string Model(Uri server)
        {
            var address = server.GetLeftPart(UriPartial.Authority);
            File.WriteAllText(_workspace.Path("bot.yaml"), $$$"""{"url": "{{{address}}}/v1/chat/completions", "headers": {"Authorization": "Bearer ${PLUMBLINE_API_KEY}"}, "body": {"q": "{{prompt}}"}, "answer": "$.choices[0].message.content"}""");
            return form.Replace("ADDRESS", address).Replace("FILE", _workspace.Path("bot.yaml"));
        }

        Uri address;
        await using (var server = await FaultyChatServer.StartAsync(new FaultOptions { Key = "right" }, cancellationToken: Cancel))
        {
            address = server.Endpoint;
            var wrong = await Audit(Model(address), "refused");
            wrong.Code.ShouldBe(6, wrong.Errors);
            wrong.Errors.Split("refuses the key").Length.ShouldBe(2, wrong.Errors);
            wrong.Errors.ShouldNotContain(Key);
            server.Counts.Requests.ShouldBe(1, "both sides are the same model, asked through one pacer");
        }

        var dead = await Audit(Model(address), "dead");
        dead.Code.ShouldBe(6, dead.Errors);
        dead.Errors.Split("cannot be reached").Length.ShouldBe(2, dead.Errors);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<PlumbResult> Audit(string model, string folder)
    {
        using var process = PlumbProcess.StartWithKey(Key, "audit", "--baseline", model, "--candidate", model, "--suite", _workspace.Suite(50), "-o", _workspace.Path(folder));
        return await process.ResultAsync();
    }
}
