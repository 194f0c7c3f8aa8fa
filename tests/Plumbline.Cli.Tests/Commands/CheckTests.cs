using System.Text.Json;
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
        check.Output.ShouldContain("template     not known: neither side tells");
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
        check.Output.ShouldMatch("ok +choices +" + System.Text.RegularExpressions.Regex.Escape(expected));
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
        audit.Errors.ShouldContain("Careful: Whether both sides have the same template, tokenizer and decoding is not known");
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

    public void Dispose() => _workspace.Dispose();
}
