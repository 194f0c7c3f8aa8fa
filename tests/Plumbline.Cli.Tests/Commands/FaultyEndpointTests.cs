using System.Text.Json;
using Plumbline.FaultyServer;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Whole audits over a real server that fails in every way at once: what a user sees, and what the server saw.</summary>
public sealed class FaultyEndpointTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_the_server_does_everything_is_scored_or_has_its_reason_and_nothing_is_asked_twice()
    {
        await using var server = await FaultyChatServer.StartAsync(
            new FaultOptions { Latency = TimeSpan.FromMilliseconds(5), RateLimited = 0.3, ServerErrors = 0.05, Hangs = 0.02, Cuts = 0.02, Malformed = 0.02 }, cancellationToken: Cancel);

        var result = await PlumbProcess.RunAsync(Audit(server, 300, "--timeout", "1", "--max-retries", "10", "--max-concurrency", "32"));

        result.Code.ShouldBe(0, result.Errors);
        var seen = server.Counts;
        (seen.Answered, seen.Distinct, seen.AnsweredTwice).ShouldBe((600, 600, 0));
        seen.MostAtOnce.ShouldBeLessThanOrEqualTo(64);
        seen.Requests.ShouldBe(seen.Answered + seen.RateLimited + seen.ServerErrors + seen.Hangs + seen.Cuts + seen.Malformed);
        result.Errors.ShouldContain($"Requests: {seen.Requests:N0} sent for 600 answers, {seen.Requests - 600:N0} of them repeats; {seen.RateLimited} over a rate limit (429)");
        Counts().ShouldBe((300, 300, 0, 0));
    }

    [Fact]
    public async Task Without_retries_each_failure_is_a_case_without_a_score()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { RateLimited = 0.1, ServerErrors = 0.1, Seed = 1 }, cancellationToken: Cancel);

        var result = await PlumbProcess.RunAsync(Audit(server, 100, "--max-retries", "0", "--max-concurrency", "4"));

        var seen = server.Counts;
        seen.Requests.ShouldBe(200);
        seen.Answered.ShouldBeLessThan(200);
        seen.AnsweredTwice.ShouldBe(0);
        var (planned, scored, unscored, pending) = Counts();
        (planned, pending).ShouldBe((100, 0));
        unscored.ShouldBeGreaterThan(0);
        (scored + unscored).ShouldBe(100);
        result.Errors.ShouldContain("0 of them repeats");
    }

    [Fact]
    public async Task A_wrong_key_is_shown_to_the_server_once_and_told_once()
    {
        await using var server = await FaultyChatServer.StartAsync(new FaultOptions { Key = "right" }, cancellationToken: Cancel);

        var result = await PlumbProcess.RunAsync(Audit(server, 100));

        result.Code.ShouldBe(6, result.Errors);
        // Two models are asked, each once.
        server.Counts.Requests.ShouldBeInRange(1, 2);
        result.Errors.Split("lets nobody in").Length.ShouldBe(2, result.Errors);
    }

    /// <summary>A key that is withdrawn while the run goes on.</summary>
    [Fact]
    public async Task A_key_that_is_refused_later_on_ends_the_run_and_is_told()
    {
        await using var server = new LateRefusal(answers: 5);

        var result = await PlumbProcess.RunAsync(
            "audit", "--baseline", server.Endpoint + "#before", "--candidate", server.Endpoint + "#after", "--suite", _workspace.Suite(3), "--attack", "none", "-o", _workspace.Path("out"), "--max-concurrency", "1");

        result.Code.ShouldBe(6, result.Errors);
        result.Errors.ShouldContain("lets nobody in");
    }

    /// <summary>A path may hold a token; PATH stands for a variable that every process has.</summary>
    [Fact]
    public async Task What_a_reference_stands_for_in_a_judge_s_or_model_s_address_is_stored_nowhere()
    {
        await using var server = new LateRefusal(answers: 2);
        var home = Environment.GetEnvironmentVariable("HOME");
        Assert.SkipUnless(home is { Length: >= 4 } && home[0] == '/' && !home.Contains(' ', StringComparison.Ordinal), "HOME is no path here");
        var file = _workspace.File(
            "plumbline.yaml",
            "version: 1",
            "pair:",
            $"  baseline: {{ url: '{server.Endpoint}', name: before }}",
            $"  candidate: {{ url: '{server.Endpoint[..^3]}${{HOME}}/v1', name: after }}",
            $"judges: ['criteria@{server.Endpoint[..^3]}${{HOME}}/judge/v1#j']",
            "attacks: [none]");

        var result = await PlumbProcess.RunAsync("audit", "-c", file, "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"), "--max-concurrency", "1");

        result.Code.ShouldBe(6, result.Errors);
        var told = string.Concat(Directory.GetFiles(_workspace.Path("out"), "*", SearchOption.AllDirectories).Select(File.ReadAllText)) + result.Output + result.Errors;
        told.ShouldContain("${HOME}/v1");
        told.ShouldNotContain(home + "/v1");
        told.ShouldNotContain(home + "/judge");
    }

    public void Dispose() => _workspace.Dispose();

    private (int Planned, int Scored, int Unscored, int Pending) Counts()
    {
        using var audit = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
        var counts = audit.RootElement.GetProperty("counts");
        return (Count("planned"), Count("scored"), Count("unscored"), Count("pending"));

        int Count(string name) => counts.GetProperty(name).GetInt32();
    }

    private string[] Audit(FaultyChatServer server, int prompts, params string[] more) =>
        ["audit", "--baseline", server.Endpoint + "#before", "--candidate", server.Endpoint + "#after", "--suite", _workspace.Suite(prompts), .. more, "-o", _workspace.Path("out")];
}
