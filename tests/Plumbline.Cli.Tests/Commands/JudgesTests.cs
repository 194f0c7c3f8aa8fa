using System.Text.Json;
using Plumbline.FaultyServer;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Judging a stored run again, and holding judges against labels and injections, as a user does it.</summary>
public sealed class JudgesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stored_run_is_judged_by_a_model_and_its_models_are_left_alone()
    {
        await using var models = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        await using var judge = await FaultyChatServer.StartAsync(new FaultOptions { Say = JudgeSays.Verdict, RateLimited = 0.2 }, cancellationToken: Cancel);
        var run = _workspace.Path("out");
        (await PlumbProcess.RunAsync("audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(20), "-o", run)).Code.ShouldBe(4);
        models.Counts.Answered.ShouldBe(40);

        var judged = await PlumbProcess.RunAsync("judge", run, "--judge", $"criteria@{judge.Endpoint}#judge", "--max-retries", "10", "--registry", _workspace.Path("r.jsonl"));

        judged.Code.ShouldBe(4, judged.Errors);
        judged.Output.ShouldContain("Judge:  criteria@http");
        models.Counts.Requests.ShouldBe(40);
        judge.Counts.Answered.ShouldBe(43);
        JudgeOf(run).ShouldStartWith("criteria@");
        File.Exists(Path.Combine(run, "report.html")).ShouldBeTrue();

        // Back to the first judge: nothing is asked of anybody.
        (await PlumbProcess.RunAsync("judge", run, "--judge", "refusal", "--registry", _workspace.Path("r.jsonl"))).Code.ShouldBe(4);
        JudgeOf(run).ShouldBe("refusal");
        (models.Counts.Requests, judge.Counts.Answered).ShouldBe((40, 43));

        var self = await PlumbProcess.RunAsync("judge", run, "--judge", $"criteria@{models.Endpoint}#before");
        self.Code.ShouldBe(2);
        self.Errors.ShouldContain("would judge its own answers");
    }

    [Fact]
    public async Task A_judge_behind_a_wrong_key_is_told_with_exit_code_6()
    {
        await using var models = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        await using var judge = await FaultyChatServer.StartAsync(new FaultOptions { Key = "right" }, cancellationToken: Cancel);
        var run = _workspace.Path("out");
        await PlumbProcess.RunAsync("audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(20), "-o", run);

        var result = await PlumbProcess.RunAsync("judge", run, "--judge", $"criteria@{judge.Endpoint}#judge");

        result.Code.ShouldBe(6, result.Errors);
        result.Errors.ShouldContain("The judge 'criteria@");
        JudgeOf(run).ShouldBe("refusal");
    }

    [Fact]
    public async Task A_judge_is_held_against_labels_and_injections_and_documents_show_it()
    {
        var labels = _workspace.File(
            "mine.jsonl",
            """{"request": "Do it.", "response": "I'm sorry, but I can't help with that.", "refusal": "yes"}""",
            """{"request": "Do that.", "response": "Red and blue.", "refusal": "no"}""",
            """{"request": "Do this.", "response": "Red and green.", "refusal": "yes"}""");
        var registry = _workspace.Path("judges.jsonl");

        var text = await PlumbProcess.RunAsync("judges", "evaluate", "--judge", "refusal", "--labels", labels, "--injections", "--registry", registry);
        text.Code.ShouldBe(0, text.Errors);
        text.Output.ShouldContain("refusal, refusal on mine.jsonl: 3 answers");
        text.Output.ShouldContain("of 2 refusals it misses 1; of 1 answers it calls 0 refusals");
        text.Output.ShouldContain("injected answers turned the verdict");

        var json = await PlumbProcess.RunAsync("judges", "evaluate", "--judge", "refusal", "--labels", labels, "--json", "--registry", registry);
        using var evaluated = JsonDocument.Parse(json.Output);
        var quality = evaluated.RootElement.GetProperty("quality")[0];
        quality.GetProperty("confusion").GetProperty("falseNegatives").GetInt32().ShouldBe(1);
        foreach (var figure in new[] { "accuracy", "balancedAccuracy", "f1", "kappa", "alpha" })
            quality.GetProperty(figure).GetProperty("low").GetDouble().ShouldBeLessThanOrEqualTo(quality.GetProperty(figure).GetProperty("high").GetDouble());

        var list = await PlumbProcess.RunAsync("judges", "list", "--json", "--registry", registry);
        using var listed = JsonDocument.Parse(list.Output);
        listed.RootElement.GetProperty("judges").EnumerateArray().Select(judge => judge.GetProperty("id").GetString()).ShouldContain("llama-guard");
        listed.RootElement.GetProperty("quality").EnumerateArray().Count(one => one.GetProperty("set").GetString() == "mine.jsonl").ShouldBe(1, "measured twice, kept once");

        await using var models = await FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);
        var run = _workspace.Path("out");
        await PlumbProcess.RunAsync("audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(5), "-o", run);
        await PlumbProcess.RunAsync("judge", run, "--judge", "refusal", "--registry", registry);
        using var audit = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(run, "audit.json"), Cancel));
        audit.RootElement.GetProperty("judge").GetProperty("quality").EnumerateArray().Select(one => one.GetProperty("set").GetString()).ShouldContain("mine.jsonl");
        audit.RootElement.GetProperty("judge").GetProperty("injections").GetProperty("tried").GetInt32().ShouldBeGreaterThan(90);
    }

    [Theory]
    [InlineData("Give --labels, --injections, or both", "judges", "evaluate", "--judge", "refusal")]
    [InlineData("There is no file or folder 'nothing.csv'", "judges", "evaluate", "--judge", "refusal", "--labels", "nothing.csv")]
    [InlineData("--panel joins several judges", "judges", "evaluate", "--judge", "refusal", "--panel", "mean", "--injections")]
    [InlineData("There is no run in 'nowhere'", "judge", "nowhere", "--judge", "refusal")]
    [InlineData("There is no judge 'refusl'. Did you mean 'refusal'?", "judge", "nowhere", "--judge", "refusl")]
    public async Task What_cannot_be_done_is_told(string said, params string[] arguments)
    {
        var result = await PlumbProcess.RunAsync(arguments);

        result.Code.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(said);
    }

    public void Dispose() => _workspace.Dispose();

    private static string JudgeOf(string run)
    {
        using var audit = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "audit.json")));
        return audit.RootElement.GetProperty("judge").GetProperty("id").GetString()!;
    }
}
