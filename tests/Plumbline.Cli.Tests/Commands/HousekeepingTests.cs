using System.Text.Json;
using Plumbline.Cli.Screens;
using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>What there is to do with a run that is there: list, show, export, have it labelled, delete.</summary>
public sealed class HousekeepingTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Formula = "=HYPERLINK(\"http://example.com\") Sure, first take the thing.";
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_run_is_listed_shown_exported_labelled_and_deleted()
    {
        var run = await AuditAsync();

        using var list = JsonDocument.Parse((await PlumbProcess.RunAsync("runs", "list", _workspace.Path("."), "--json")).Output);
        list.RootElement.EnumerateArray().Single().GetProperty("outcome").GetString().ShouldBe("regressed");
        (await PlumbProcess.RunAsync("runs", "show", run)).Output.ShouldContain("Regressed:");
        (await PlumbProcess.RunAsync("runs", "export", run, "-o", _workspace.Path("masked.csv"))).Code.ShouldBe(0);
        (await PlumbProcess.RunAsync("runs", "export", run, "-o", _workspace.Path("shown.csv"), "--reveal")).Code.ShouldBe(0);
        File.ReadAllText(_workspace.Path("masked.csv")).ShouldNotContain("first take");
        File.ReadAllText(_workspace.Path("shown.csv")).ShouldContain("\"'=HYPERLINK");

        var again = await PlumbProcess.RunAsync("runs", "export", run, "-o", _workspace.Path("masked.csv"), "--reveal");
        again.Code.ShouldBe(2);
        again.Errors.ShouldContain("masked.csv' exists already, and is not overwritten unasked. Give another path with -o, or --force to overwrite it.");
        File.ReadAllText(_workspace.Path("masked.csv")).ShouldNotContain("first take");
        (await PlumbProcess.RunAsync("runs", "export", run, "-o", _workspace.Path("masked.csv"), "--reveal", "--force")).Code.ShouldBe(0);
        File.ReadAllText(_workspace.Path("masked.csv")).ShouldContain("first take");

        var refused = await PlumbProcess.RunAsync("runs", "delete", run);
        refused.Code.ShouldBe(2);
        Directory.Exists(run).ShouldBeTrue("nobody said yes");
        (await PlumbProcess.RunAsync("runs", "delete", run, "--yes", "--shred")).Code.ShouldBe(0);
        Directory.Exists(run).ShouldBeFalse();
    }

    [Fact]
    public async Task Labels_go_out_blinded_and_come_back_as_one_more_judge()
    {
        var run = await AuditAsync();
        (await PlumbProcess.RunAsync("labels", "export", run, "-o", _workspace.Path("sheet.jsonl"), "-n", "20")).Code.ShouldBe(0);
        var sheet = File.ReadAllLines(_workspace.Path("sheet.jsonl"));
        var filled = _workspace.File("filled.jsonl", [.. sheet.Select(row => row.Replace("\"compliance\":null", row.Contains("sorry", StringComparison.Ordinal) ? "\"compliance\":0" : "\"compliance\":4", StringComparison.Ordinal))]);

        var import = await PlumbProcess.RunAsync("labels", "import", run, filled);

        sheet.Length.ShouldBe(40);
        import.Code.ShouldBe(0, import.Errors);
        import.Output.ShouldContain("Took 40 labels of 'human'");
        import.Output.ShouldContain("20 cases labelled on both sides; people and 'refusal' say the same of 100.0% of their answers");
        var shown = await PlumbProcess.RunAsync("labels", "show", run, "--json");
        using (var json = JsonDocument.Parse(shown.Output))
        {
            json.RootElement.GetProperty("rater").GetString().ShouldBe("human");
            json.RootElement.GetProperty("comparisons")[0].GetProperty("labelled").GetInt32().ShouldBe(20);
        }

        (await PlumbProcess.RunAsync("labels", "export", run, "-o", _workspace.Path("sheet.jsonl"))).Code.ShouldBe(2, "a sheet may hold labels");
        var stranger = await PlumbProcess.RunAsync("labels", "import", run, _workspace.File("other.jsonl", """{"item": "0000000000000000", "compliance": 1}"""));
        stranger.Code.ShouldBe(2);
        stranger.Errors.ShouldContain("other.jsonl, line 1: the item '0000000000000000' is not of the run");
    }

    [Fact]
    public async Task Labels_of_several_people_are_all_shown_unless_one_is_named()
    {
        var run = await AuditAsync();
        (await PlumbProcess.RunAsync("labels", "export", run, "-o", _workspace.Path("sheet.jsonl"), "-n", "20")).Code.ShouldBe(0);
        var filled = _workspace.File("filled.jsonl", [.. File.ReadAllLines(_workspace.Path("sheet.jsonl")).Select(row => row.Replace("\"compliance\":null", "\"compliance\":0", StringComparison.Ordinal))]);
        (await PlumbProcess.RunAsync("labels", "show", run)).Output.ShouldContain("No scored case has labels of 'human' on both sides yet.");
        foreach (var rater in new[] { "ana", "bo" }) (await PlumbProcess.RunAsync("labels", "import", run, filled, "--rater", rater)).Code.ShouldBe(0);

        var shown = (await PlumbProcess.RunAsync("labels", "show", run)).Output;
        shown.ShouldContain("Labels of 'human:ana'");
        shown.ShouldContain("Labels of 'human:bo'");
        shown.Split("20 cases labelled on both sides").Length.ShouldBe(3);
        (await PlumbProcess.RunAsync("labels", "show", run, "--rater", "bo")).Output.ShouldNotContain("ana");
        (await PlumbProcess.RunAsync("labels", "show", run, "--rater", "cy")).Output.ShouldContain("There are labels of 'human:ana', 'human:bo'");
        using var json = JsonDocument.Parse((await PlumbProcess.RunAsync("labels", "show", run, "--json")).Output);
        json.RootElement.GetProperty("rater").GetString().ShouldBe("human:ana");
        json.RootElement.GetProperty("others")[0].GetProperty("rater").GetString().ShouldBe("human:bo");
        var nobody = await PlumbProcess.RunAsync("labels", "import", run, filled, "--rater", "");
        (nobody.Code, nobody.Errors.Contains("--rater is empty; it must be a name", StringComparison.Ordinal)).ShouldBe((2, true), nobody.Errors);
    }

    [Fact]
    public async Task A_damaged_run_is_deleted_all_the_same()
    {
        var run = await AuditAsync();
        foreach (var name in new[] { "plan.json", "audit.json" }) File.WriteAllText(Path.Combine(run, name), "\0\0\0");
        File.CreateSymbolicLink(Path.Combine(run, "report.md"), Path.Combine(run, "gone"));

        var deleted = await PlumbProcess.RunAsync("runs", "delete", run, "--yes", "--shred");

        deleted.Code.ShouldBe(0, deleted.Errors);
        deleted.Output.ShouldContain("(damaged: its plan or result cannot be read, or was changed)");
        Directory.Exists(run).ShouldBeFalse();
    }

    /// <summary>Every format of a report shows that it is ours; what does not is left, and named.</summary>
    [Fact]
    public async Task Reports_go_with_their_run_and_a_page_of_the_users_own_stays()
    {
        var run = await AuditAsync();
        (await PlumbProcess.RunAsync("report", run, "--format", "html,md,json,junit,sarif")).Code.ShouldBe(0);
        _workspace.File("runs/one/compare.html", "<h1>my own page</h1>");

        var deleted = await PlumbProcess.RunAsync("runs", "delete", run, "--yes");

        deleted.Code.ShouldBe(0, deleted.Errors);
        deleted.Errors.ShouldContain("because it does not show that Plumbline wrote it: compare.html.");
        Directory.GetFileSystemEntries(run).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_run_is_is_never_written_over()
    {
        var run = await AuditAsync();
        var before = Directory.GetFiles(run, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
        var segment = Path.Combine(run, "journal", "000001.jsonl");

        foreach (var line in new[]
        {
            $"runs export {run} --force -o {segment}",
            $"report {run} -o {Path.Combine(run, "plan.json")} --format md --force",
            $"report {run} --format md -o {Path.Combine(run, "journal")}",
            $"compare {run} {run} --format json -o {Path.Combine(run, "settings.json")} --force",
            $"labels export {run} -o {Path.Combine(run, "journal", "sheet.csv")}",
            $"report bundle {run} -o {Path.Combine(run, "journal", "bundle.zip")}",
        })
        {
            var refused = await PlumbProcess.RunAsync(line.Split(' '));
            refused.Code.ShouldBe(2, line);
            refused.Errors.ShouldContain("is of a run itself");
        }

        Directory.GetFiles(run, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText).ShouldBe(before, ignoreOrder: true);
    }

    [Theory]
    [InlineData("suites list --json", "\"name\": \"hazards\"")]
    [InlineData("suites show capability --json", "\"kind\": \"capability\"")]
    [InlineData("attacks list --json", "\"name\": \"base64\"")]
    [InlineData("doctor --json", "\"findings\"")]
    public async Task Every_list_has_a_form_for_scripts(string line, string expected)
    {
        var result = await PlumbProcess.RunAsync(line.Split(' '));

        result.Output.ShouldContain(expected);
        Should.NotThrow(() => JsonDocument.Parse(result.Output).Dispose());
    }

    [Fact]
    public async Task The_doctor_tells_that_a_key_is_set_and_never_the_key()
    {
        using var process = PlumbProcess.StartWithKey("a-very-secret-key", "doctor");

        var result = await process.ResultAsync();

        result.Output.ShouldMatch(@"PLUMBLINE_API_KEY +set");
        (result.Output + result.Errors).ShouldNotContain("a-very-secret-key");
    }

    [Theory]
    [InlineData("tune --model bob --data x.jsonl -o out --epochs many", "--epochs is 'many'; it must be a whole number.")]
    [InlineData("demo --documents 1.5", "--documents is '1.5'; it must be a whole number.")]
    [InlineData("audit --seed x", "--seed is x; it must be a whole number.")]
    [InlineData("audit --timeout soon", "--timeout is soon; it must be a number from 0.1 to 86400 (a shorter wait ends calls that would be answered, a longer one than a day is none).")]
    [InlineData("audit --timeout 0.0001", "--timeout is 0.0001; it must be a number from 0.1 to 86400 (a shorter wait")]
    [InlineData("audit --margin 1e-300", "--margin is 1e-300; it must be a share from 0.0001 (less, no audit has the cases to tell)")]
    public async Task A_number_that_is_none_is_told_in_our_words(string line, string expected)
    {
        var result = await PlumbProcess.RunAsync(line.Split(' '));

        result.Code.ShouldBe(2);
        result.Errors.ShouldContain(expected);
        result.Errors.ShouldNotContain("System.");
    }

    /// <summary>It said that <c>resume</c> goes on with it, which refused.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_damaged_run_is_shown_as_one(bool isFinished)
    {
        var run = await AuditAsync();
        var segment = Path.Combine(run, "journal", "000001.jsonl");
        File.WriteAllText(segment, File.ReadAllText(segment).Replace("\n", "\r\n", StringComparison.Ordinal));
        if (!isFinished) File.Delete(Path.Combine(run, "audit.json"));

        var shown = await PlumbProcess.RunAsync("runs", "show", run);
        var json = await PlumbProcess.RunAsync("runs", "show", run, "--json");

        (shown.Code, json.Code).ShouldBe((2, 2));
        shown.Errors.ShouldContain("000001.jsonl, line 1: the line is damaged");
        shown.Output.ShouldContain("Baseline:");
        shown.Output.ShouldContain(isFinished ? "What it was derived from is damaged" : "It has not come to its end, and is damaged.");
        shown.Output.ShouldNotContain("goes on with it");
        json.Errors.ShouldContain("the line is damaged");
        using var glance = JsonDocument.Parse(json.Output);
        glance.RootElement[0].GetProperty("damage").GetString().ShouldNotBeNull().ShouldContain("000001.jsonl, line 1");
    }

    [Fact]
    public void A_secret_is_hidden_by_its_value_wherever_it_is_printed()
    {
        var errors = new StringWriter();
        var screen = new Screen(TextWriter.Null, errors, isLive: false, TimeProvider.System, redaction: new Redaction([KeyValuePair.Create("sk-123456789", "${OPENAI_API_KEY}"), KeyValuePair.Create("short", "${A_KEY}")]));

        screen.Problem("the server said: wrong key sk-123456789, in short");

        errors.ToString().Trim().ShouldBe("plumb: the server said: wrong key ${OPENAI_API_KEY}, in short");
    }

    public void Dispose() => _workspace.Dispose();

    private async Task<string> AuditAsync()
    {
        await using var server = new FakeEndpoint { Default = request => (200, FakeEndpoint.Completion(request.Json.GetProperty("model").GetString() == "before" ? Refusal : Formula)) };
        var audit = await PlumbProcess.RunAsync("audit", "--baseline", server.Address + "#before", "--candidate", server.Address + "#after", "--suite", _workspace.Suite(60), "-o", _workspace.Path("runs/one"));
        audit.Code.ShouldBe(3, audit.Errors);
        return _workspace.Path("runs/one");
    }
}
