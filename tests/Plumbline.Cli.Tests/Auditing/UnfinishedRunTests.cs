using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Commands.Reports;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Judges.Refusal;
using Plumbline.Pairs;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Runs;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Auditing;

/// <summary>A run that has not come to its end, read where the variables and files that it was started with are not.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Run => _workspace.Path("run");

    [Theory]
    [InlineData("${LISTS}/prices.yaml", "openai:helper", null, "The bill has no amounts: ", "LISTS")]
    [InlineData("gone.yaml", "openai:helper", null, "The bill has no amounts: ", "gone.yaml")]
    [InlineData("prices.yaml", "openai:${HELPER}", null, "The bill has no amount for the helper model: ", "HELPER")]
    [InlineData("prices.yaml", "openai:helper", "${MOST}", "The bill has no budget: ", "MOST")]
    public async Task What_cannot_be_resolved_is_left_out_of_the_bill(string prices, string helper, string? budget, string told, string why)
    {
        _workspace.File("prices.yaml", "currency: USD", "models: { helper: { input: 1, output: 1 } }");
        await BeginAsync();
        Settings(("budget.prices", prices), ("helper-model", helper), ("budget.max", budget), ("judges[0]", "refusal"), ("suites[0].file", "${PROMPTS}/mine.jsonl"), ("pair.baseline.model", "openai:${BEFORE}"));
        var notes = new List<string>();

        var document = UnfinishedRun.Read(Run, new Workshop(_ => null, () => [], TimeProvider.System), notes.Add);

        (document.Counts.Planned, document.Counts.Pending > 0).ShouldBe((12, true));
        notes.Count.ShouldBe(2, "the other says that the run is unfinished");
        notes[0].ShouldStartWith(told);
        notes[0].ShouldContain(why);
    }

    [Fact]
    public async Task While_a_process_works_on_a_run_that_is_said_and_a_gate_is_inconclusive()
    {
        await BeginAsync();
        Settings(("judges[0]", "refusal"));
        using (RunFolder.Open(Run))
        {
            var gate = await PlumbProcess.RunAsync("gate", Run);
            gate.Code.ShouldBe(4, gate.Errors);
            gate.Errors.ShouldContain("cases are pending, and nothing is decided yet: a process is working on it.");
            var shown = await PlumbProcess.RunAsync("runs", "show", Run);
            shown.Output.ShouldContain("It has not come to its end: a process is working on it. 'plumb report");
            shown.Output.ShouldNotContain("plumb resume");
            var running = (await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."))).Output;
            running.ShouldContain("running");
            running.ShouldContain("0 of 12", customMessage: "how far it is");
            using var list = JsonDocument.Parse((await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."), "--json")).Output);
            list.RootElement[0].GetProperty("isInUse").GetBoolean().ShouldBeTrue();
        }

        var later = await PlumbProcess.RunAsync("runs", "show", Run);
        later.Output.ShouldContain("plumb resume");
        later.Output.ShouldNotContain("working on it");
        var stopped = await PlumbProcess.RunAsync("gate", Run);
        // How many were under way when the model was given up is chance; whatever was not is pending, and has no score to lack.
        var pending = Regex.Match(stopped.Output, "(?m)^Gate inconclusive: the run is not finished, ([0-9]+) of 12 cases are pending\\.$").Groups[1].Value;
        stopped.Output.ShouldContain($"  - unscored: {12 - int.Parse(pending, CultureInfo.InvariantCulture)} of 12 cases have no score (");
        stopped.Output.ShouldContain($"  - pending: {pending} of 12 cases are yet to be asked or judged: the run is not finished. 'plumb resume {Run}' goes on with it.");
    }

    /// <summary>The audit writes its result and its page while the report of what there was so far is made.</summary>
    [Fact]
    public async Task A_run_that_ends_while_its_report_is_made_is_reported_as_it_ended()
    {
        await BeginAsync();
        // Where the list of prices lies is asked for once the run is known to be unfinished.
        Settings(("judges[0]", "refusal"), ("budget.prices", "${LISTS}/prices.yaml"));
        using var notes = new StringWriter();
        var verb = new ReportVerb(new Workshop(Ends, () => [], TimeProvider.System));

        var code = await verb.RunAsync(verb.Parse([Run]), new Screen(TextWriter.Null, notes, isLive: false, TimeProvider.System), TestContext.Current.CancellationToken);

        code.ShouldBe(ExitCode.Fine);
        notes.ToString().ShouldContain("Meanwhile audit.json was written: the report is made anew from it.");
        var page = await File.ReadAllTextAsync(_workspace.Path("run/report.html"), TestContext.Current.CancellationToken);
        page.ShouldContain("Regressed");
        page.ShouldNotContain("has not come to its end");

        string? Ends(string variable)
        {
            AuditFile.Write(_workspace.Path("run/audit.json"), SampleAudit.Regressed(60));
            return null;
        }
    }

    /// <summary>A kill between the last answer and the result, and the seconds in which a long run concludes: the gate decided, and said that nothing is decided.</summary>
    [Fact]
    public async Task Before_its_result_is_written_that_is_said_and_a_gate_is_inconclusive()
    {
        using var refusing = new FixedClient(() => new ChatResponse(new ChatMessage(ChatRole.Assistant, "I'm sorry, but I can't help with that.")) { FinishReason = ChatFinishReason.Stop });
        await RunAsync(refusing, prompts: 60);
        Settings(("judges[0]", "refusal"));
        string[] gate = ["gate", Run, "--margin", "30%"];
        (await PlumbProcess.RunAsync(gate)).Code.ShouldBe(0);
        File.Delete(Path.Combine(Run, AuditFile.Name));

        var killed = await PlumbProcess.RunAsync(gate);
        killed.Code.ShouldBe(4, killed.Errors);
        killed.Output.ShouldContain("Gate inconclusive: every case that the run needs was tried, and its result is not written yet.");
        killed.Errors.ShouldContain("was not written: 'plumb resume ");
        killed.Errors.ReplaceLineEndings(" ").ShouldContain("writes it, without asking a case.");
        killed.Errors.ShouldNotContain("pending");
        var listed = await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."));
        listed.Output.ShouldContain("to be written");
        listed.Output.ShouldContain("60 of 60");
        listed.Output.ShouldNotContain("unfinished");
        var shown = await PlumbProcess.RunAsync("runs", "show", Run);
        shown.Output.ReplaceLineEndings(" ").ShouldContain("60 of 60 cases scored, 0 unscored, 0 pending.");
        shown.Output.ReplaceLineEndings(" ").ShouldContain($"was not written: 'plumb resume {Run}' writes it, without asking a case. 'plumb report");
        using (var json = JsonDocument.Parse((await PlumbProcess.RunAsync("runs", "show", Run, "--json")).Output))
            (json.RootElement[0].GetProperty("isUnwritten").GetBoolean(), json.RootElement[0].GetProperty("counts").GetProperty("scored").GetInt32()).ShouldBe((true, 60));
        (await PlumbProcess.RunAsync("report", Run)).Code.ShouldBe(0);
        (await File.ReadAllTextAsync(_workspace.Path("run/report.html"), TestContext.Current.CancellationToken)).ShouldContain("<strong>Still to be written:</strong>");
        using (RunFolder.Open(Run))
        {
            var held = await PlumbProcess.RunAsync(gate);
            held.Code.ShouldBe(4, held.Errors);
            held.Errors.ShouldContain("is not there yet: a process is working on it.");
            held.Errors.ShouldNotContain("resume");
        }
    }

    /// <summary>A run is listed where the files that it was started with are not.</summary>
    [Fact]
    public async Task Where_its_judge_cannot_be_known_a_run_is_listed_without_counts()
    {
        await BeginAsync();
        Settings(("suites[0].file", "gone.jsonl"));

        var listed = await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."));

        listed.Code.ShouldBe(0, listed.Errors);
        listed.Output.ShouldContain("unfinished");
        listed.Output.ShouldNotContain("of 12");
    }

    /// <summary>Figures by another judge than the run's own would pass for its own.</summary>
    [Fact]
    public async Task Where_the_usual_judge_hangs_on_a_model_that_is_gone_nothing_is_shown_by_another()
    {
        await BeginAsync();
        Settings(("pair.baseline.model", "bob"), ("pair.candidate.model", "bob+gone"), ("suites[0].file", "jailbreak-250"));
        var workshop = new Workshop(_ => null, () => [], TimeProvider.System);

        Should.Throw<UsageException>(() => UnfinishedRun.Read(Run, workshop, _ => { })).Message.ShouldStartWith("Who judges this run cannot be told: no judge was named");
        UnfinishedRun.Glance(Run, workshop, TestContext.Current.CancellationToken).Counts.ShouldBeNull();
    }

    /// <summary>A judge in this process is known by all of its weights, which no list waits for.</summary>
    [Theory]
    [InlineData("refusal", true)]
    [InlineData("criteria@bob", false)]
    public async Task A_list_counts_where_no_weights_have_to_be_read_for_it(string judge, bool counts)
    {
        await BeginAsync();
        Settings(("judges[0]", judge));

        UnfinishedRun.Glance(Run, new Workshop(_ => null, () => [], TimeProvider.System), TestContext.Current.CancellationToken).Counts.ShouldSatisfyAllConditions(told => (told is not null).ShouldBe(counts));
    }

    /// <summary>Three calls that failed on either side are too few to give a model up on the way: no case is pending, and none is answered.</summary>
    [Fact]
    public async Task Where_what_was_tried_failed_going_on_asks_it_again()
    {
        using var dead = new FixedClient(() => throw new HttpRequestException("nobody is there"));
        await Should.ThrowAsync<SideUnavailableException>(() => RunAsync(dead, prompts: 3));
        Settings(("judges[0]", "refusal"));
        var notes = new List<string>();

        var (document, isResult) = UnfinishedRun.Look(Run, new Workshop(_ => null, () => [], TimeProvider.System), notes.Add);

        (document.Counts.Pending, isResult).ShouldBe((0, false));
        notes.ShouldHaveSingleItem().ShouldEndWith("writes it, after asking again for what failed.");
        var shown = await PlumbProcess.RunAsync("runs", "show", Run);
        shown.Output.ReplaceLineEndings(" ").ShouldContain("0 of 3 cases scored, 3 unscored, 0 pending. 6 answers failed: whoever goes on with the run asks again.");
    }

    public void Dispose() => _workspace.Dispose();

    private async Task BeginAsync()
    {
        using var dead = new FixedClient(() => throw new HttpRequestException("nobody is there"));
        await Should.ThrowAsync<SideUnavailableException>(() => RunAsync(dead, prompts: 12));
    }

    private Task<AuditDocument> RunAsync(FixedClient client, int prompts)
    {
        var side = new AuditSide(new ModelFacts("openai:m", "id", new Dictionary<string, string>()), client);
        var suite = Suite.Create("mine", "1", [.. Enumerable.Range(0, prompts).Select(i => SuitePrompt.Create($"request {i}", PromptKind.Harmful))]);
        return new AuditRunner(TimeProvider.System).RunAsync(
            new AuditRequest(side, side, suite, AttackCatalog.Named(["none"]), new RefusalJudge()) { Concurrency = 2 }, Run, progress: null, TestContext.Current.CancellationToken);
    }

    private void Settings(params (string Key, string? Text)[] values)
    {
        var given = values.Where(one => one.Text is not null).ToDictionary(one => one.Key, one => new { text = one.Text, folder = _workspace.Path(".") });
        _workspace.File("run/settings.json", JsonSerializer.Serialize(new { format = "plumbline.settings/1", values = given }));
    }

    private sealed class FixedClient(Func<ChatResponse> answer) : IChatClient
    {
        public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return answer();
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
