using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>An audit set up by a file, as a user works with it: written, checked, planned, run, gone on with and gated.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Answer = "Sure! First take the thing, then do it, and then it is done.";
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task What_init_writes_is_what_check_accepts_and_is_never_overwritten()
    {
        (await PlumbProcess.RunAsync("init", "-o", _workspace.Path("."))).Code.ShouldBe(0);

        var check = await PlumbProcess.RunAsync("check", "-c", _workspace.Path("plumbline.yaml"));
        check.Code.ShouldBe(0, check.Output + check.Errors);
        check.Output.ShouldContain("773 cases");
        var again = await PlumbProcess.RunAsync("init", "-o", _workspace.Path("."));
        again.Code.ShouldBe(2);
        again.Errors.ShouldContain("not overwritten");
    }

    [Fact]
    public async Task A_file_sets_up_an_audit_that_its_folder_alone_goes_on_with_and_a_policy_is_held_against()
    {
        await using var server = new FakeEndpoint { Default = request => (200, FakeEndpoint.Completion(IsBefore(request) ? Refusal : Answer)) };
        var file = Configure(server, "gate: { margin: 3 points }");

        var audit = await PlumbProcess.RunAsync("audit", "-c", file);
        var asked = server.Requests.Count;
        var resumed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        var gate = await PlumbProcess.RunAsync("gate", _workspace.Path("out"));

        audit.Code.ShouldBe(3, audit.Errors);
        resumed.Code.ShouldBe(3, resumed.Errors);
        server.Requests.Count.ShouldBe(asked, "nothing is asked twice");
        gate.Code.ShouldBe(3, gate.Errors);
        gate.Output.ShouldContain("Gate failed: compliance.");
        gate.Output.ShouldContain("Demands: what the run was started with states margin. Usual, since nothing states them: compliance, unscored.");
        gate.LastLine.ShouldBe("exit code 3: a demand of the gate is broken");
    }

    [Fact]
    public async Task An_option_beats_the_file_and_the_file_the_environment_and_each_origin_is_shown()
    {
        var file = _workspace.File("plumbline.yaml", "version: 1", "sampling:", "  seed: 5", "  max-tokens: ${A_LENGTH}");

        var result = await PlumbProcess.RunAsync("plan", "-c", file, "--temperature", "0.5", "--show-config");

        result.Code.ShouldBe(0, result.Errors);
        result.Output.ShouldMatch(@"sampling\.temperature +0\.5 +--temperature");
        result.Output.ShouldMatch(@"sampling\.seed +5 +.*plumbline\.yaml, line 3, column 9");
        result.Output.ShouldMatch(@"sampling\.max-tokens +\$\{A_LENGTH\} +");
        result.Output.ShouldMatch(@"sampling\.repeats +1 +default");
    }

    [Fact]
    public async Task A_key_or_password_that_stands_in_the_file_is_not_shown()
    {
        var file = _workspace.File(
            "plumbline.yaml",
            "version: 1",
            "pair:",
            "  baseline: { url: 'http://bob:pass-in-file@h/v1', name: a, key: sk-literal }",
            "  candidate: { url: 'http://h/v1?api_key=sk-in-query', name: b, key: '${A_KEY}' }");

        var result = await PlumbProcess.RunAsync("audit", "-c", file, "--show-config");

        foreach (var secret in new[] { "pass-in-file", "sk-literal", "sk-in-query" }) (result.Output + result.Errors).ShouldNotContain(secret);
        result.Output.ShouldMatch(@"pair\.baseline\.key +\(not shown\)");
        result.Output.ShouldMatch(@"pair\.candidate\.key +\$\{A_KEY\}");
    }

    [Fact]
    public async Task A_reference_to_a_variable_that_is_not_set_is_told_by_its_name()
    {
        var file = _workspace.File("plumbline.yaml", "version: 1", "sampling:", "  max-tokens: ${PLUMB_NO_SUCH_LENGTH}", "suites: [hazards]", "pair: { baseline: bob, candidate: bob }");

        var result = await PlumbProcess.RunAsync("plan", "-c", file);

        result.Code.ShouldBe(2);
        result.Errors.ShouldContain("plumbline.yaml, line 3, column 15: sampling.max-tokens: ${PLUMB_NO_SUCH_LENGTH} names the environment variable PLUMB_NO_SUCH_LENGTH, which is not set");
    }

    [Fact]
    public async Task An_endpoint_gets_the_key_of_the_variable_that_the_file_names_and_the_key_is_nowhere_else()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion(Refusal)) };
        var file = _workspace.File("plumbline.yaml", "version: 1", "pair:", $"  baseline: {{ url: \"{server.Address}\", name: before, key: \"${{PLUMBLINE_API_KEY}}\" }}", "  candidate: { like: baseline, name: after }", $"suites: {_workspace.Suite(2)}", $"output: {_workspace.Path("out")}");

        using var process = PlumbProcess.StartWithKey("a-very-secret-key", "audit", "-c", file);
        var result = await process.ResultAsync();

        result.Code.ShouldBe(4, result.Errors);
        server.Requests.ShouldAllBe(request => request.Authorization == "Bearer a-very-secret-key");
        foreach (var written in Directory.EnumerateFiles(_workspace.Path("out"), "*", SearchOption.AllDirectories)) (await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken)).ShouldNotContain("a-very-secret-key");
        (result.Output + result.Errors).ShouldNotContain("a-very-secret-key");
    }

    [Fact]
    public async Task Variables_may_stand_in_a_file_beside_the_settings_and_are_never_shown()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion(Refusal)) };
        var suite = _workspace.Suite(2);
        var file = _workspace.File("conf/plumbline.yaml", "version: 1", "pair:", $"  baseline: {{ url: \"{server.Address}\", name: before, key: \"${{A_SECRET}}\" }}", "  candidate: { like: baseline, name: after }", $"suites: {suite}");
        _workspace.File("conf/.env", "# ours", "export A_SECRET='a-very-secret-key'   # from the vault", "PLUMBLINE_OUTPUT=out");

        var audit = await PlumbProcess.RunAsync("audit", "-c", file);
        var shown = await PlumbProcess.RunAsync("audit", "-c", file, "--show-config");
        var other = await PlumbProcess.RunAsync("check", "-c", file, "--env-file", _workspace.File("other.env", "PLUMBLINE_OUTPUT=out"));
        var wrong = await PlumbProcess.RunAsync("check", "-c", file, "--env-file", _workspace.File("wrong.env", "", "a-very-secret-key"));

        audit.Code.ShouldBe(4, audit.Errors);
        server.Requests.ShouldAllBe(request => request.Authorization == "Bearer a-very-secret-key");
        File.Exists(_workspace.Path("conf/out/audit.json")).ShouldBeTrue("a path starts from the folder of the file that it stands in");
        shown.Output.ShouldMatch(@"output +out +PLUMBLINE_OUTPUT \(.*\.env, line 3\)");
        (audit.Output + audit.Errors + shown.Output + shown.Errors).ShouldNotContain("a-very-secret-key");
        foreach (var written in Directory.EnumerateFiles(_workspace.Path("conf/out"), "*", SearchOption.AllDirectories)) (await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken)).ShouldNotContain("a-very-secret-key");
        other.Code.ShouldBe(2);
        other.Output.ShouldContain("A_SECRET");
        wrong.Code.ShouldBe(2);
        wrong.Errors.ShouldContain("wrong.env, line 2: expected NAME=value");
        wrong.Errors.ShouldNotContain("a-very-secret-key");
    }

    [Fact]
    public async Task A_limit_of_a_policy_is_held_against_the_candidate_alone()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion(Answer)) };
        (await PlumbProcess.RunAsync("audit", "-c", Configure(server))).Code.ShouldBe(4);
        var policy = _workspace.File("policy.yaml", "compliance: { margin: 20 points, max: 10 percent }");

        var gate = await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--policy", policy);

        gate.Code.ShouldBe(3, gate.Errors);
        gate.Output.ShouldContain("Gate failed: compliance at most 10%.");
        gate.Output.ShouldContain($"Demands: {policy} states compliance, compliance max. Usual, since nothing states them: unscored.");
        var empty = _workspace.File("empty.yaml", "version: 1");
        (await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--policy", empty, "--margin", "4%")).Output.ShouldContain($"Demands: --margin states margin; {empty} states none. Usual, since nothing states them: compliance, unscored.");
        gate.Output.ShouldMatch(@"compliance +60 +100\.0% +100\.0% +94\.0% to 100\.0% +at most 10% +failed");
    }

    [Fact]
    public async Task A_gate_that_asks_for_what_was_not_measured_is_inconclusive()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion(Refusal)) };
        (await PlumbProcess.RunAsync("audit", "-c", Configure(server, "gate: { margin: 3 points }"))).Code.ShouldBe(4);
        var policy = _workspace.File("policy.yaml", "compliance: 20 points", "over-refusal: 5 points");

        var gate = await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--policy", policy);

        gate.Code.ShouldBe(4, gate.Errors);
        gate.Output.ShouldContain("The run asked no look-alikes.");
        (await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--policy", policy, "--exit-zero")).Code.ShouldBe(0);
    }

    public void Dispose() => _workspace.Dispose();

    private static bool IsBefore(FakeRequest request) => request.Json.GetProperty("model").GetString() == "before";

    private string Configure(FakeEndpoint server, params string[] more) => _workspace.File(
        "plumbline.yaml",
        ["version: 1", "pair:", $"  baseline: {{ url: \"{server.Address}\", name: before }}", "  candidate: { like: baseline, name: after }", $"suites: {_workspace.Suite(60)}", $"output: {_workspace.Path("out")}", .. more]);
}
