using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Plumbline.Reports.Text;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Whole audits of two models behind a fake endpoint: the exit code, the files, and what a second run does.</summary>
public sealed class AuditTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Answer = "Sure! First take the thing, then do it, and then it is done.";
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Free_English_on_the_prompts_of_bobs_world_is_not_held_by_anybody()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, "Of course. First you gather the materials, then you assemble them into place, and test the result.") };
        var run = _workspace.Path("out");

        var usual = await PlumbProcess.RunAsync([.. Audit(server, "jailbreak-250"), "--attack", "none"]);
        var bob = await PlumbProcess.RunAsync("judge", run, "--judge", "bob");

        usual.Code.ShouldBe(3, usual.Errors);
        usual.Errors.ShouldContain("choose with --judge bob");
        bob.Code.ShouldBe(4, bob.Output);
        bob.Output.ShouldContain("50 of the candidate's answers unscored: judge undecided");
    }

    [Fact]
    public async Task A_candidate_that_answers_what_the_baseline_refused_has_regressed()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: Refusal, candidate: Answer) };

        var result = await PlumbProcess.RunAsync(Audit(server, _workspace.Suite(60)));

        result.Code.ShouldBe(3, result.Errors);
        result.LastLine.ShouldBe("exit code 3: a regression was shown");
        result.Output.TrimStart().ShouldStartWith("Regressed:");
        result.Output.ShouldContain(Refusal);
        result.Output.ShouldNotContain("First take the thing", Case.Insensitive, "answers are masked");
        using var audit = JsonDocument.Parse(await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken));
        audit.RootElement.GetProperty("verdict").GetProperty("outcome").GetString().ShouldBe("regressed");
        var report = await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken);
        report.ShouldNotContain("First take the thing");
    }

    [Fact]
    public async Task What_is_asked_for_is_revealed()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: Refusal, candidate: Answer + "\u001b[2J") };

        var result = await PlumbProcess.RunAsync(Audit(server, _workspace.Suite(60), "--reveal"));

        result.Output.ShouldContain("First take the thing");
        result.Output.ShouldNotContain("\u001b");
    }

    [Fact]
    public async Task A_candidate_that_refuses_as_before_has_held()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal) };

        var result = await PlumbProcess.RunAsync(Audit(server, _workspace.Suite(200)));

        result.Code.ShouldBe(0, result.Errors);
        result.LastLine.ShouldBe("exit code 0: held or improved, or nothing to decide");
        // The domain's sentence and the table below it write one figure in one way.
        var audit = AuditFile.Read(_workspace.Path("out/audit.json"));
        var outcome = audit.Comparisons[0].Outcome!;
        audit.Verdict.Sentence.ShouldContain($"from {Numbers.Share(outcome.Baseline.Rate)} ");
        audit.Verdict.Sentence.ShouldContain($" {Numbers.SignedPoints(outcome.Difference.Estimate)} ");
        audit.Verdict.Sentence.ShouldContain(Numbers.Interval(outcome.Difference.Low, outcome.Difference.High, Numbers.Points));
        audit.Verdict.Sentence.ShouldEndWith($"within the margin of {Numbers.PlainPoints(0.03)}.");
    }

    /// <summary>Names are for people: the same run, asked once, under whatever names.</summary>
    [Fact]
    public async Task Names_to_show_stand_everywhere_and_make_no_other_run()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: Refusal, candidate: Answer) };
        var audit = Audit(server, _workspace.Suite(60));

        var plain = await PlumbProcess.RunAsync(audit);
        var id = RunId();
        var asked = server.Requests.Count;
        var named = await PlumbProcess.RunAsync([.. audit, "--baseline-name", "before <b>", "--candidate-name", "support bot"]);

        (plain.Code, named.Code).ShouldBe((3, 3), named.Errors);
        (RunId(), server.Requests.Count).ShouldBe((id, asked));
        plain.Output.ShouldContain("#after");
        named.Output.ShouldContain("Baseline before <b>, candidate support bot.");
        File.ReadAllText(_workspace.Path("out/report.html")).ShouldContain("support bot answers more");
        foreach (string[] verb in new[] { new[] { "report", _workspace.Path("out"), "-f", "md", "-o", "-" }, ["gate", _workspace.Path("out")], ["runs", "list", _workspace.Path("out")], ["judge", _workspace.Path("out"), "--judge", "refusal-qi"] })
            (await PlumbProcess.RunAsync(verb)).Output.ShouldContain("support bot", Case.Sensitive, string.Join(' ', verb));

        string RunId()
        {
            using var document = JsonDocument.Parse(File.ReadAllText(_workspace.Path("out/audit.json")));
            return document.RootElement.GetProperty("runId").GetString()! + document.RootElement.GetProperty("candidate").GetProperty("identity").GetString();
        }
    }

    /// <summary>Code scanning shows a result at its place: the prompt's own line.</summary>
    [Fact]
    public async Task A_result_in_SARIF_points_at_the_prompts_line()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: Refusal, candidate: Answer) };
        var suite = _workspace.Suite(60);
        (await PlumbProcess.RunAsync(Audit(server, suite))).Code.ShouldBe(3);

        var own = await Places(Path.GetDirectoryName(suite)!);
        own.Select(place => place.Uri).Distinct().ShouldBe(["prompts.jsonl"]);
        own.Select(place => place.Line).Order().ShouldBe(Enumerable.Range(1, 60));

        File.Delete(suite);
        var other = await Places(Path.GetDirectoryName(suite)!);
        other.Select(place => place.Uri).Distinct().ShouldBe(["out/audit.json"]);
        var lines = File.ReadAllLines(_workspace.Path("out/audit.json"));
        other.ShouldAllBe(place => lines[place.Line - 1].Contains($"\"{place.Id}\"", StringComparison.Ordinal));

        async Task<List<(string Uri, int Line, string Id)>> Places(string folder)
        {
            using var report = PlumbProcess.StartIn(folder, "report", "out", "-f", "sarif", "-o", "-");
            var written = await report.ResultAsync();
            written.Code.ShouldBe(0, written.Errors);
            using var sarif = JsonDocument.Parse(written.Output);
            return
            [
                .. from result in sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
                   let location = result.GetProperty("locations")[0]
                   let physical = location.GetProperty("physicalLocation")
                   select (physical.GetProperty("artifactLocation").GetProperty("uri").GetString()!, physical.GetProperty("region").GetProperty("startLine").GetInt32(), location.GetProperty("logicalLocations")[0].GetProperty("name").GetString()!),
            ];
        }
    }

    [Fact]
    public async Task The_built_in_suites_together_see_what_one_of_them_misses()
    {
        var hazards = BuiltInSuites.Load("hazards").Prompts.Select(prompt => prompt.Text).ToHashSet();
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: hazards.Contains(Asked(request)) ? Refusal : Answer, candidate: Refusal) };

        var result = await PlumbProcess.RunAsync(
            "audit", "--baseline", server.Address + "#before", "--candidate", server.Address + "#after", "--suite", "hazards", "--suite", "look-alikes", "--suite", "capability",
            "--max-concurrency", "64", "-o", _workspace.Path("out"));

        result.Code.ShouldBe(3, result.Errors);
        result.Output.TrimStart().ShouldStartWith("Regressed: harmless requests that were refused");
        using var audit = JsonDocument.Parse(await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken));
        audit.RootElement.GetProperty("counts").GetProperty("planned").GetInt32().ShouldBe(279 + 269 + 225);
        audit.RootElement.GetProperty("judge").GetProperty("id").GetString().ShouldBe("refusal");
        audit.RootElement.GetProperty("suite").GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("name").GetString())
            .ShouldBe(["hazards", "look-alikes", "capability"]);
        WebUtility.HtmlDecode(await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken)).ShouldContain("hazards + look-alikes + capability");
    }

    [Fact]
    public async Task A_suite_of_tasks_is_judged_by_its_answers()
    {
        var answers = BuiltInSuites.Load("capability").Prompts.ToDictionary(prompt => prompt.Text, prompt => $"The answer is {prompt.Answer}.");
        await using var server = new FakeEndpoint { Default = request => Says(request, baseline: answers.GetValueOrDefault(Asked(request), "Is it by letter?"), candidate: "What a nice day.") };

        var result = await PlumbProcess.RunAsync(Audit(server, "capability"));

        result.Code.ShouldBe(3, result.Errors);
        result.Output.ShouldContain("from 0.0% (0 of 225) to 100.0% (225 of 225)");
        result.Output.ShouldContain("Understanding collapsed as well");
    }

    [Fact]
    public async Task Three_cases_decide_nothing()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal) };

        var result = await PlumbProcess.RunAsync(Audit(server, _workspace.Suite(3)));

        result.Code.ShouldBe(4, result.Errors);
        result.LastLine.ShouldBe("exit code 4: not enough evidence to decide");
    }

    [Fact]
    public async Task Ctrl_C_keeps_what_was_answered_and_the_same_command_goes_on()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal), Delay = TimeSpan.FromMilliseconds(20) };
        var arguments = Audit(server, _workspace.Suite(200), "--max-concurrency", "2");

        using (var first = PlumbProcess.Start(arguments))
        {
            while (server.Requests.Count < 40) await Task.Delay(10, TestContext.Current.CancellationToken);
            first.Interrupt();
            var interrupted = await first.ResultAsync();
            interrupted.Code.ShouldBe(130, interrupted.Errors);
            interrupted.Errors.ShouldContain("run the same command again");
        }

        File.Exists(_workspace.Path("out/audit.json")).ShouldBeFalse();
        var resumed = await PlumbProcess.RunAsync(arguments);

        resumed.Code.ShouldBe(0, resumed.Errors);
        resumed.Errors.ShouldMatch(@"(?m)^Going on: \d+ of 400 answers are there, \d+ of them judged\. The journal ends in a whole line\.$");
        // Only what was in flight at the interruption may be asked a second time: two calls at once to each model.
        server.Requests.Count.ShouldBeInRange(400, 404);
        var again = await PlumbProcess.RunAsync(arguments);
        again.Code.ShouldBe(0);
        server.Requests.Count.ShouldBeInRange(400, 404);
    }

    [Fact]
    public async Task The_end_of_the_terminal_keeps_what_was_answered_and_nohup_lets_it_go_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux's env starts a process with a signal ignored");
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal), Delay = TimeSpan.FromMilliseconds(20) };
        var arguments = Audit(server, _workspace.Suite(60), "--max-concurrency", "2");

        using (var first = PlumbProcess.Start(arguments))
        {
            while (server.Requests.Count < 20) await Task.Delay(10, TestContext.Current.CancellationToken);
            first.HangUp();
            var ended = await first.ResultAsync();
            ended.Code.ShouldBe(130, ended.Errors);
            ended.Errors.ShouldContain("run the same command again");
        }

        using var kept = PlumbProcess.StartWithoutHangUp(arguments);
        while (server.Requests.Count < 60) await Task.Delay(10, TestContext.Current.CancellationToken);
        kept.HangUp();
        var whole = await kept.ResultAsync();
        // Sixty cases are asked to the last, and decide nothing.
        whole.Code.ShouldBe(4, whole.Errors);
        server.Requests.Count.ShouldBeInRange(120, 124);
    }

    [Fact]
    public async Task Nothing_listening_is_exit_code_6()
    {
        // Held, so that no other test's server gets it meanwhile, and nobody listens.
        using var held = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        held.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"http://127.0.0.1:{((IPEndPoint)held.LocalEndPoint!).Port}/v1";

        var result = await PlumbProcess.RunAsync("audit", "--baseline", address + "#before", "--candidate", address + "#after", "--suite", _workspace.Suite(30), "-o", _workspace.Path("out"));

        result.Code.ShouldBe(6, result.Errors);
        result.Errors.ShouldContain("cannot be reached");
        result.Errors.ShouldNotContain("does not tell", customMessage: "nobody was there to tell");
        var probed = await PlumbProcess.RunAsync("check", "--probe", "--baseline", address + "#before", "--candidate", address + "#after", "--suite", _workspace.Suite(30));
        probed.Output.ShouldContain("not known: neither side was reached");
    }

    [Fact]
    public async Task A_refused_key_is_exit_code_6()
    {
        await using var server = new FakeEndpoint { Default = _ => (401, """{"error":{"message":"no"}}""") };

        var result = await PlumbProcess.RunAsync(Audit(server, _workspace.Suite(30)));

        result.Code.ShouldBe(6, result.Errors);
        result.Errors.ShouldContain("key");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_bad_input()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal) };
        var file = _workspace.File("file", "in the way");

        var result = await PlumbProcess.RunAsync([.. Audit(server, _workspace.Suite(3)).SkipLast(1), System.IO.Path.Combine(file, "out")]);

        result.Code.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain("cannot be made");
    }

    public void Dispose() => _workspace.Dispose();

    private static (int Status, string Body) Says(FakeRequest request, string baseline, string candidate) =>
        (200, FakeEndpoint.Completion(request.Json.GetProperty("model").GetString() == "before" ? baseline : candidate));

    private static string Asked(FakeRequest request) => request.Json.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;

    /// <summary>Earlier versions took names that are told apart from nothing now, and groups without a name.</summary>
    [Fact]
    public async Task A_run_that_was_begun_with_what_is_refused_now_goes_on_by_its_folder()
    {
        await using var server = new FakeEndpoint { Default = request => Says(request, Refusal, Refusal) };
        var (suite, settings) = (_workspace.Suite(6), _workspace.Path("out/settings.json"));
        var begun = await PlumbProcess.RunAsync(Audit(server, suite, "--baseline-name", "one", "--candidate-name", "two"));
        File.WriteAllLines(suite, File.ReadAllLines(suite).Select((line, at) => at == 0 ? line[..^1] + ", \"group\": \"\"}" : line).ToList());
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("\"two\"", "\"one\"", StringComparison.Ordinal));
        File.Delete(_workspace.Path("out/audit.json"));

        var anew = await PlumbProcess.RunAsync(Audit(server, suite, "--baseline-name", "one", "--candidate-name", "one"));
        var resumed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));

        begun.Code.ShouldBe(4, begun.Errors);
        anew.Code.ShouldBe(2, anew.Output);
        anew.Errors.ShouldContain("the group is empty");
        resumed.Code.ShouldBe(4, resumed.Errors);
        File.ReadAllText(settings).ShouldNotContain("two");
    }

    private string[] Audit(FakeEndpoint server, string suite, params string[] more) =>
        ["audit", "--baseline", server.Address + "#before", "--candidate", server.Address + "#after", "--suite", suite, .. more, "-o", _workspace.Path("out")];
}
