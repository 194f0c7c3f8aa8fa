using System.Text.Json;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.FaultyServer;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>What <c>plumb check</c> says of what it knows, of what it does not know, and of what is missing.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Of_two_endpoints_nothing_is_said_to_be_the_same()
    {
        var check = await PlumbProcess.RunAsync(
            "check", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"));

        check.Code.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("template     not known: neither side was asked; --probe asks");
        check.Output.ShouldNotContain("tells");
        check.Output.ShouldNotContain("the same on both sides");
        check.Output.ShouldContain("PLUMBLINE_API_KEY is not set, and whether it needs a key is not known");
    }

    [Theory]
    [InlineData(20, "multiple choice is read by log-probability among the 20 likeliest first tokens")]
    [InlineData(5, "multiple choice is read by log-probability among the 5 likeliest first tokens")]
    [InlineData(0, "multiple choice is read by the letter in the answer (because the baseline refuses to tell the probabilities of tokens)")]
    public async Task How_choices_will_be_read_is_found_out_by_asking(int most, string expected)
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { MostLogprobs = most }, cancellationToken: TestContext.Current.CancellationToken);

        var check = await PlumbProcess.RunAsync("check", "--probe", "--baseline", server.Endpoint + "#base", "--candidate", server.Endpoint + "#tuned", "--suite", "capability", "-o", _workspace.Path("out"));

        check.Code.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("template     not known: neither side tells");
        check.Output.ShouldMatch("ok +choices +" + System.Text.RegularExpressions.Regex.Escape(expected));
    }

    [Fact]
    public async Task As_JSON_it_is_one_object_whatever_is_found()
    {
        string[] check = ["check", "--json", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", _workspace.Suite(3)];

        var fine = await PlumbProcess.RunAsync([.. check, "-o", _workspace.Path("out")]);
        var wrong = await PlumbProcess.RunAsync([.. check, "--judge", "nobody"]);

        fine.Code.ShouldBe(0, fine.Output);
        using var found = JsonDocument.Parse(fine.Output);
        found.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(0);
        found.RootElement.GetProperty("meaning").GetString().ShouldBe("an audit can start");
        found.RootElement.GetProperty("findings").EnumerateArray().ShouldContain(finding => finding.GetProperty("name").GetString() == "template" && finding.GetProperty("state").GetString() == "warning");
        wrong.Code.ShouldBe(2, wrong.Output);
        using var failed = JsonDocument.Parse(wrong.Output);
        failed.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(2);
        failed.RootElement.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("state").GetString() == "failed").ShouldBe(2);
    }

    [Fact]
    public async Task A_plan_tells_of_the_calls_that_find_out_how_choices_are_read()
    {
        var suite = _workspace.File("choices.jsonl", """{"prompt":"Which can you eat?\nA) a stone\nB) an apple","kind":"capability","category":"food","answer":"B"}""");
        string[] settings = ["--candidate", "bob", "--suite", suite];

        var served = await PlumbProcess.RunAsync(["plan", "--baseline", "openai:a", .. settings]);
        var here = await PlumbProcess.RunAsync(["plan", "--baseline", "bob", .. settings, "--json"]);

        served.Output.ReplaceLineEndings(" ").ShouldContain("Before them up to 4 calls of one token to each model behind an endpoint");
        using var document = JsonDocument.Parse(here.Output);
        document.RootElement.GetProperty("before").GetProperty("choiceCalls").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_plan_as_JSON_says_what_the_screen_says()
    {
        string[] plan = ["plan", "--baseline", "openai:a", "--candidate", "openai:b", "--suite", "hazards,look-alikes", "--attack", "none,base64", "--stop-early"];
        var prices = _workspace.File("prices.yaml", "currency: EUR", "models:", "  openai:a: { input: 1, output: 1 }");

        var told = await PlumbProcess.RunAsync([.. plan, "--prices", prices]);
        var written = await PlumbProcess.RunAsync([.. plan, "--prices", prices, "--json"]);

        written.Code.ShouldBe(0, written.Errors);
        using var document = JsonDocument.Parse(written.Output);
        var root = document.RootElement;
        told.Output.ShouldContain($"{root.GetProperty("cases").GetInt32()} cases, asked of both models: {root.GetProperty("calls").GetInt32():#,0} calls.");
        root.GetProperty("attacks").EnumerateArray().Sum(attack => attack.GetProperty("harmful").GetInt32() + attack.GetProperty("lookalike").GetInt32()).ShouldBe(root.GetProperty("cases").GetInt32());
        root.GetProperty("before").GetProperty("choiceCalls").GetInt32().ShouldBe(0, "nothing has options");
        root.GetProperty("before").GetProperty("encodings").EnumerateArray().Select(encoding => encoding.GetString()).ShouldBe(["Base64"]);
        root.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetProperty("kind").GetString()).ShouldBe(["harmful", "lookalike"]);
        var chance = root.GetProperty("kinds")[0].GetProperty("chances")[0];
        new[] { "regressed", "held", "improved", "notEnoughEvidence" }.Sum(verdict => chance.GetProperty(verdict).GetDouble()).ShouldBe(1, 1e-9);
        chance.GetProperty("earlyCases").GetDouble().ShouldBeGreaterThan(0);
        var cost = root.GetProperty("cost");
        cost.GetProperty("total").ValueKind.ShouldBe(JsonValueKind.Null);
        cost.GetProperty("known").GetDecimal().ShouldBe(cost.GetProperty("lines")[0].GetProperty("amount").GetDecimal());
        told.Output.ShouldContain("The sum leaves out what has no price: candidate (openai:b).");
    }

    /// <summary>What a target's headers refer to is looked up before anything is called; which variables, and never their values.</summary>
    [Fact]
    public async Task The_keys_of_a_target_are_told_by_their_variables_alone()
    {
        var open = Target("open.yaml", "");
        var locked = Target("locked.yaml", "headers: { Authorization: 'Bearer ${PLUMBLINE_API_KEY}', X-Team: '${PLUMB_NO_SUCH_KEY}' }");
        string Single(string name) => Target(name, "headers: { Authorization: 'Bearer ${PLUMBLINE_API_KEY}' }");

        using var process = PlumbProcess.StartWithKey("a-very-secret-key", "check", "--baseline", "http-target:" + open, "--candidate", "http-target:" + Single("own.yaml"), "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"));
        var check = await process.ResultAsync();
        check.Code.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldMatch(@"ok +baseline .*its description refers to no key; not called");
        check.Output.ShouldMatch(@"ok +candidate .*its key is in PLUMBLINE_API_KEY; not called");
        (check.Output + check.Errors).ShouldNotContain("a-very-secret-key");

        using var other = PlumbProcess.StartWithKey("a-very-secret-key", "check", "--baseline", "http-target:" + open, "--candidate", "http-target:" + locked, "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"));
        var missing = await other.ResultAsync();
        missing.Code.ShouldBe(6, missing.Output + missing.Errors);
        missing.Output.ShouldMatch(@"FAILED +candidate .*field 'headers.X-Team': the environment variable PLUMB_NO_SUCH_KEY is not set");

        string Target(string name, string headers) => _workspace.File(name, "url: http://localhost:9/chat", headers, "body: { question: '{{prompt}}' }", "answer: $.answer");
    }

    [Fact]
    public async Task A_model_of_this_process_is_audited_against_an_endpoint_and_the_report_says_what_is_not_known()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion("I'm sorry, but I can't help with that.")) };

        var audit = await PlumbProcess.RunAsync(
            "audit", "--baseline", "bob", "--candidate", $"{server.Address}#tuned", "--suite", _workspace.Suite(3), "--judge", "refusal", "--max-tokens", "8", "-o", _workspace.Path("out"), "--exit-zero");

        audit.Code.ShouldBe(0, audit.Output + audit.Errors);
        (audit.Errors + audit.Output).Split("Whether both sides have the same template, tokenizer and decoding is not known").Length.ShouldBe(2, "it is told once");
        audit.Errors.ShouldContain("Caution: Whether both sides");
        using var document = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
        document.RootElement.GetProperty("parity")[0].GetProperty("equal").ValueKind.ShouldBe(JsonValueKind.Null);
        document.RootElement.GetProperty("cautions").EnumerateArray().ShouldContain(caution => caution.GetString()!.StartsWith("Whether both sides have the same template", StringComparison.Ordinal));
    }

    /// <summary>Two servers that wrap a conversation in different templates, or of which one is sent no temperature, measure more than the fine-tune.</summary>
    [Theory]
    [InlineData("another {{ messages }}", "", 2, "template: ")]
    [InlineData("{{ messages }}", "?temperature=server", 2, "sent: limit and temperature and the limit, and no temperature")]
    [InlineData("{{ messages }}", "", 0, "")]
    public async Task What_two_servers_do_not_share_stops_the_audit(string template, string option, int code, string said)
    {
        await using var before = Server("{{ messages }}");
        await using var after = Server(template);

        var audit = await PlumbProcess.RunAsync(
            "audit", "--baseline", $"{before.Address}#base", "--candidate", $"{after.Address}{option}#tuned", "--suite", _workspace.Suite(3), "--judge", "refusal", "-o", _workspace.Path("out"), "--exit-zero");

        audit.Code.ShouldBe(code, audit.Output + audit.Errors);
        audit.Errors.ShouldContain(said);
        if (code != 0) (before.Requests.Count + after.Requests.Count).ShouldBe(0, "nothing was asked");
        audit.Errors.ShouldNotContain("same template");

        static FakeEndpoint Server(string template) => new()
        {
            Tells = request => request.Path == "/props" ? JsonSerializer.Serialize(new { chat_template = template }) : null,
            Default = _ => (200, FakeEndpoint.Completion("I'm sorry, but I can't help with that.")),
        };
    }

    [Fact]
    public async Task What_is_not_named_keeps_nothing_else_from_being_looked_at()
    {
        var check = await PlumbProcess.RunAsync("check", "--baseline", "bob", "--candidate", "bob+./nowhere", "--suite", _workspace.Suite(3));

        check.Code.ShouldBe(2, check.Output + check.Errors);
        check.Output.ShouldContain("FAILED   output       No folder is named for the run");
        check.Output.ShouldContain("ok       settings     prompts: 3 cases");
        check.Output.ShouldContain("ok       baseline     bob");
        check.Output.ShouldContain("FAILED   candidate");
    }

    /// <summary>It said that the folder will be made, of one that nobody can make.</summary>
    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_failed_check_and_one_that_can_is_not_left_behind()
    {
        string[] check = ["check", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", _workspace.Suite(3), "-o"];
        _workspace.File("file.txt", "in the way");

        var inTheWay = await PlumbProcess.RunAsync([.. check, _workspace.Path("file.txt/runs/out")]);
        var fine = await PlumbProcess.RunAsync([.. check, _workspace.Path("runs/deep/out")]);

        inTheWay.Code.ShouldBe(2, inTheWay.Output + inTheWay.Errors);
        inTheWay.Output.ShouldContain($"FAILED   output       The folder '{_workspace.Path("file.txt/runs/out")}' cannot be made: ");
        inTheWay.Output.ShouldContain("Give another one with -o.");
        inTheWay.Output.ShouldNotContain("will be made");
        fine.Code.ShouldBe(0, fine.Output + fine.Errors);
        fine.Output.ShouldContain($"ok       output       {_workspace.Path("runs/deep/out")} (will be made)");
        Directory.Exists(_workspace.Path("runs")).ShouldBeFalse("it was made for the trial alone");
    }

    /// <summary>Rights bind no root, so the file of the trial is kept from being made by a folder of its name.</summary>
    [Fact]
    public void A_folder_in_which_nothing_can_be_written_is_told_and_stays()
    {
        var folder = _workspace.Path("out");
        var trial = _workspace.Path($"out/.plumb-check.{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(trial);

        var told = Should.Throw<UsageException>(() => TargetFolder.RequireWritable(folder, "-o")).Message;

        told.ShouldStartWith($"Nothing can be written in the folder '{folder}': ");
        told.ShouldEndWith("Give another one with -o.");
        Directory.Delete(trial);
        TargetFolder.RequireWritable(folder, "-o");
        Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
    }

    public void Dispose() => _workspace.Dispose();
}
