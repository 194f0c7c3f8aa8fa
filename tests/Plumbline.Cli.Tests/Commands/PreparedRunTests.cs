using System.Collections.Concurrent;
using System.Text.Json;
using Plumbline.FaultyServer;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Audits whose attacks a helper model prepares, stopped while it does: what a real server was asked, and what is billed.</summary>
public sealed class PreparedRunTests : IDisposable
{
    private const int Prompts = 60;

    private readonly Workspace _workspace = new();
    private readonly ConcurrentBag<string> _asked = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_helper_is_not_asked_again_when_the_process_was_killed_in_the_middle()
    {
        await using var models = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        await using var helper = await HelperAsync(TimeSpan.FromMilliseconds(50));
        const int Concurrency = 4;
        using (var killed = PlumbProcess.Start([.. Audit(models, helper), "-j", $"{Concurrency}"]))
        {
            while (helper.Counts.Answered < 20 && !killed.HasEnded) await Task.Delay(10, Cancel);
            killed.Kill();
        }

        File.Exists(_workspace.Path("out/plan.json")).ShouldBeFalse("it is killed in the middle");
        var first = helper.Counts.Answered;
        var resumed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));

        resumed.Code.ShouldBe(4, resumed.Errors);
        first.ShouldBeInRange(20, Prompts - 1);
        _asked.Distinct(StringComparer.Ordinal).Count().ShouldBe(Prompts);
        // Were none kept, it would be twenty more at least.
        _asked.Count.ShouldBeLessThanOrEqualTo(Prompts + (3 * Concurrency), "those in flight at the kill, and answers on their way to the file, of which a busy machine has more");
        HelperLine().GetProperty("calls").GetInt32().ShouldBe(Prompts);
        File.Exists(_workspace.Path("out/prepared.jsonl")).ShouldBeFalse();
    }

    /// <summary>Its answers are of 20 tokens and may be of 1,024: each costs 0.02, and may cost 1.024.</summary>
    [Fact]
    public async Task A_budget_is_a_wall_over_the_sittings_of_a_preparation()
    {
        File.WriteAllText(_workspace.Path("prices.yaml"), "currency: EUR\nmodels:\n  before: { input: 0, output: 0 }\n  after: { input: 0, output: 0 }\n  helper: { input: 0, output: 1000 }\n");
        await using var models = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        await using var helper = await HelperAsync(TimeSpan.Zero);
        string[] audit = [.. Audit(models, helper), "--prices", _workspace.Path("prices.yaml")];

        var stopped = await PlumbProcess.RunAsync([.. audit, "--budget", "1.5"]);
        var first = helper.Counts.Answered;
        var again = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));

        stopped.Code.ShouldBe(5, stopped.Errors);
        stopped.Errors.ShouldContain($"'plumb resume {_workspace.Path("out")} --budget AMOUNT' goes on with it.");
        first.ShouldBe(24, "the next might cost more than is left");
        stopped.Errors.ShouldNotContain("plumb report", Case.Sensitive, "there is nothing to report");
        var report = await PlumbProcess.RunAsync("report", _workspace.Path("out"));
        (report.Code, report.Errors.Contains("is only prepared", StringComparison.Ordinal), report.Errors.Contains($"'plumb resume {_workspace.Path("out")}'", StringComparison.Ordinal)).ShouldBe((2, true, true), report.Errors);
        (await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."))).Output.ShouldContain("only prepared");
        (await PlumbProcess.RunAsync("runs", "show", _workspace.Path("out"))).Output.ShouldContain($"Only prepared: it was stopped while a helper model prepared its attacks, and no case is planned yet. What was asked is kept. 'plumb resume {_workspace.Path("out")}' goes on with it.");
        again.Code.ShouldBe(5, again.Errors);
        again.Errors.ShouldContain("0.48 EUR are spent");
        helper.Counts.Answered.ShouldBe(first);

        var enough = await PlumbProcess.RunAsync("resume", _workspace.Path("out"), "--budget", "5");

        enough.Code.ShouldBe(4, enough.Errors);
        (_asked.Count, _asked.Distinct(StringComparer.Ordinal).Count()).ShouldBe((Prompts, Prompts));
        (HelperLine().GetProperty("calls").GetInt32(), HelperLine().GetProperty("amount").GetDecimal()).ShouldBe((Prompts, 1.2m));
    }

    private Task<FaultyChatServer> HelperAsync(TimeSpan latency) => FaultyChatServer.StartAsync(
        new FaultOptions
        {
            Latency = latency,
            Say = request =>
            {
                _asked.Add(request.GetProperty("messages")[0].GetProperty("content").GetString()!);
                return "{\"words\": [\"forbidden\"]}";
            },
        },
        cancellationToken: Cancel);

    private string[] Audit(FaultyChatServer models, FaultyChatServer helper) =>
    [
        "audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(Prompts), "--attack", "auto_payload_splitting",
        "--helper-model", helper.Endpoint + "#helper", "-o", _workspace.Path("out"),
    ];

    private JsonElement HelperLine()
    {
        using var audit = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
        return audit.RootElement.GetProperty("cost").GetProperty("lines").EnumerateArray().Single(line => line.GetProperty("spender").GetString() == "helper").Clone();
    }
}
