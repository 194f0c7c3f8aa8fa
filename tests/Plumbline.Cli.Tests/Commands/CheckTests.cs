using System.Text.Json;
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
