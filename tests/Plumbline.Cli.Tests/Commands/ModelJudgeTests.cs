using System.Collections.Concurrent;
using System.Text.Json;
using Plumbline.FaultyServer;
using Plumbline.Providers.Models;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>
/// Whole audits judged by a model behind a real server: one that judges, one that talks, one that declines, one that is overrun. Most are too
/// small to decide anything (exit code 4): what counts here is who is scored.
/// </summary>
public sealed class ModelJudgeTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_judging_model_is_held_to_a_form_and_its_verdicts_decide()
    {
        var forms = new ConcurrentBag<bool>();
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions
        {
            Say = request =>
            {
                forms.Add(JudgeSays.AsksForForm(request) && request.GetProperty("temperature").GetDouble() == 0);
                return JudgeSays.Verdict(request);
            },
        });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 200));

        result.Code.ShouldBe(0, result.Errors);
        Counts().ShouldBe((200, 200, 0));
        forms.ShouldAllBe(form => form);
        using var audit = Document();
        audit.RootElement.GetProperty("judge").GetProperty("id").GetString().ShouldStartWith("criteria@http");
        audit.RootElement.GetProperty("comparisons")[0].GetProperty("outcome").GetProperty("event").GetString().ShouldBe("harmfulnessAboveOne");
    }

    [Fact]
    public async Task A_judge_that_talks_first_is_asked_once_more()
    {
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions { Say = JudgeSays.ProseThenVerdict });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 30));

        result.Code.ShouldBe(4, result.Errors);
        Counts().ShouldBe((30, 30, 0));
        // 60 answers and 4 control items, each asked twice.
        judge.Counts.Answered.ShouldBe(128);
    }

    [Theory]
    [InlineData("It is harmless, zero of four.", "judgeUnparsable")]
    [InlineData("I'm sorry, but I can't assist with that.", "judgeRefused")]
    public async Task A_judge_without_a_verdict_scores_nothing_and_decides_nothing(string said, string reason)
    {
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions { Answer = said });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 9));

        result.Code.ShouldBe(4, result.Errors);
        Counts().ShouldBe((9, 0, 9));
        using var audit = Document();
        audit.RootElement.GetProperty("counts").GetProperty("unscoredReasons").EnumerateArray().ShouldAllBe(count => count.GetProperty("reason").GetString() == reason);
    }

    /// <summary>Its model does not keep to the form, and would be paid for every answer of the run.</summary>
    [Fact]
    public async Task A_judge_of_whom_nothing_can_be_read_is_given_up_early_and_a_probe_tells_before()
    {
        await using var models = await ModelsAsync();
        await using var talks = await JudgeAsync(new FaultOptions { Answer = "It is harmless, zero of four." });
        await using var judges = await JudgeAsync(new FaultOptions { Say = JudgeSays.Verdict });

        string[] check = ["check", "--probe", .. Audit(models, talks, 200)[1..]];
        var probe = await PlumbProcess.RunAsync(check);
        probe.Code.ShouldBe(1, probe.Output + probe.Errors);
        probe.Output.ShouldMatch("FAILED +probe +criteria@.*no verdict can be read from its answer");
        var before = talks.Counts.Answered;
        var result = await PlumbProcess.RunAsync(Audit(models, talks, 200, "-j", "4"));
        var good = await PlumbProcess.RunAsync(["check", "--probe", .. Audit(models, judges, 200)[1..]]);

        result.Code.ShouldBe(1, result.Output + result.Errors);
        result.Errors.ShouldContain("has answered 20 times, and no verdict could be read");
        (talks.Counts.Answered - before).ShouldBeLessThan(150, "two calls a judgement, and those under way");
        good.Output.ShouldMatch("ok +probe +criteria@.* judges in the form that it is asked for");
    }

    /// <summary>All answers wait for the judge long before it has declined the fiftieth.</summary>
    [Fact]
    public async Task A_judge_that_declines_everything_is_not_paid_for_what_waits_when_it_is_given_up()
    {
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions { Answer = "I'm sorry, but I can't assist with that.", Latency = TimeSpan.FromMilliseconds(200) });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 100, "-j", "32"));

        result.Code.ShouldBe(1, result.Output + result.Errors);
        result.Errors.ShouldContain("has declined to judge 5");
        // Fifty answers and four items, each asked for once more; 32 in flight, and as many that a slow machine lets go before it has heard the fiftieth. All that wait would be 416.
        judge.Counts.Answered.ShouldBeLessThanOrEqualTo((2 * 54) + (2 * 2 * 32));
    }

    [Fact]
    public async Task A_judge_that_is_overrun_is_waited_for()
    {
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions { Say = JudgeSays.Verdict, RateLimited = 0.3, ServerErrors = 0.05 });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 50, "--max-retries", "10"));

        result.Code.ShouldBe(4, result.Errors);
        Counts().ShouldBe((50, 50, 0));
        judge.Counts.Answered.ShouldBe(100 + 5);
        judge.Counts.RateLimited.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_panel_is_journaled_judge_by_judge()
    {
        await using var models = await ModelsAsync();
        await using var judge = await JudgeAsync(new FaultOptions { Say = JudgeSays.Verdict });

        var result = await PlumbProcess.RunAsync(Audit(models, judge, 10, "--judge", "refusal", "--panel", "any"));

        result.Code.ShouldBe(4, result.Errors);
        var journal = string.Concat(Directory.GetFiles(_workspace.Path("out/journal")).Select(File.ReadAllText));
        (journal.Split("\"judge\":\"refusal\"").Length - 1).ShouldBe(20);
        // 20 answers and two control items.
        (journal.Split("\"judge\":\"criteria@").Length - 1).ShouldBe(22);
        using var audit = Document();
        audit.RootElement.GetProperty("judge").GetProperty("id").GetString().ShouldStartWith("any(criteria@");
    }

    [Fact]
    public async Task A_model_under_test_judges_itself_only_where_that_is_said()
    {
        await using var models = await ModelsAsync();
        string[] audit =
        [
            "audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(2),
            "--judge", $"criteria@{models.Endpoint}#after", "-o", _workspace.Path("out"),
        ];

        var refused = await PlumbProcess.RunAsync(audit);
        refused.Code.ShouldBe(2);
        refused.Errors.ShouldContain("would judge its own answers");
        models.Counts.Requests.ShouldBe(0);

        (await PlumbProcess.RunAsync([.. audit, "--allow-self-judge"])).Code.ShouldBe(4);
    }

    /// <summary>Other sampling makes another model of it for answers, and no other judge.</summary>
    [Theory]
    [InlineData("audit")]
    [InlineData("check")]
    public async Task Nor_with_other_words_around_it_or_other_ends_to_its_answers(string verb)
    {
        var copy = Directory.CreateDirectory(_workspace.Path("copy")).FullName;
        foreach (var file in Directory.GetFiles(BobFolder.Find())) File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        await File.WriteAllTextAsync(Path.Combine(copy, "generation_config.json"), """{"eos_token_id": 2047, "do_sample": true, "top_p": 0.9}""", TestContext.Current.CancellationToken);

        var result = await PlumbProcess.RunAsync([verb, "--baseline", "bob", "--candidate", "http://127.0.0.1:9/v1#b", "--suite", _workspace.Suite(2), "--judge", $"criteria@{copy}", .. verb == "audit" ? ["-o", _workspace.Path("out")] : Array.Empty<string>()]);

        result.Code.ShouldBe(2, result.Errors);
        (result.Output + result.Errors).ReplaceLineEndings(" ").ShouldContain("'bob' would judge its own answers");
    }

    [Theory]
    [InlineData("criteria", "write --judge criteria@MODEL")]
    [InlineData("criterai@bob", "Did you mean 'criteria'?")]
    [InlineData("refusal@bob", "asks no model")]
    [InlineData("criteria@nowhere", "There is no model at 'nowhere'")]
    public async Task A_judge_that_cannot_be_is_told_before_anything_is_asked(string judge, string said)
    {
        var result = await PlumbProcess.RunAsync("audit", "--baseline", "http://127.0.0.1:9/v1#a", "--candidate", "http://127.0.0.1:9/v1#b", "--suite", _workspace.Suite(2), "--judge", judge, "-o", _workspace.Path("out"));

        result.Code.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(said);
    }

    public void Dispose() => _workspace.Dispose();

    private static Task<FaultyChatServer> ModelsAsync() => FaultyChatServer.StartAsync(new FaultOptions(), cancellationToken: Cancel);

    private static Task<FaultyChatServer> JudgeAsync(FaultOptions options) => FaultyChatServer.StartAsync(options, cancellationToken: Cancel);

    private JsonDocument Document() => JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));

    private (int Planned, int Scored, int Unscored) Counts()
    {
        using var audit = Document();
        var counts = audit.RootElement.GetProperty("counts");
        return (counts.GetProperty("planned").GetInt32(), counts.GetProperty("scored").GetInt32(), counts.GetProperty("unscored").GetInt32());
    }

    private string[] Audit(FaultyChatServer models, FaultyChatServer judge, int prompts, params string[] more) =>
    [
        "audit", "--baseline", models.Endpoint + "#before", "--candidate", models.Endpoint + "#after", "--suite", _workspace.Suite(prompts),
        "--judge", $"criteria@{judge.Endpoint}#judge", .. more, "-o", _workspace.Path("out"),
    ];
}
