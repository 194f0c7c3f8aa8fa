using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Whatever is wrong with what the user gave: exit code 2, a sentence that says what and where, and nothing on standard output.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("audti", "Did you mean 'audit'?")]
    [InlineData("audit --baseline bob", "--candidate")]
    [InlineData("audit --baseline bob --candidate bob --suite x.jsonl -o out --margn 1", "--margin")]
    [InlineData("audit --baseline bob --candidate bob --suite jailbreak-250 --reveall -o out", "There is no option '--reveall'. Did you mean '--reveal'?")]
    public async Task Misuse_is_told_with_a_guess(string line, string expected) => await Refuses(expected, line.Split(' '));

    [Fact]
    public async Task An_unknown_suite_is_told_with_the_nearest() =>
        await Refuses("Did you mean 'jailbreak-250'?", Audit("jailbrake-250"));

    [Fact]
    public async Task An_unknown_suite_among_several_is_told() =>
        await Refuses("Did you mean 'hazards'?", Audit("capability", "--suite", "hazard"));

    [Fact]
    public async Task A_suite_that_is_named_twice_is_told() =>
        await Refuses("--suite names 'hazards' twice", Audit("hazards", "--suite", "hazards"));

    [Fact]
    public async Task A_column_without_a_CSV_file_is_told() =>
        await Refuses("none of hazards, capability is one", Audit("hazards", "--suite", "capability", "--column", "goal"));

    [Fact]
    public async Task Suites_that_are_meant_for_different_attacks_need_to_be_told_which() =>
        await Refuses("The parts of 'jailbreak-250 + hazards' are meant for different attacks", Audit("jailbreak-250", "--suite", "hazards"));

    [Theory]
    [InlineData("--attack rewrites harmful prompts, and 'look-alikes' has none", "--attack", "all")]
    [InlineData("--cases counts harmful cases, and 'look-alikes' has none", "--cases", "20")]
    public async Task What_only_harmful_prompts_know_is_told(string expected, string option, string value) => await Refuses(expected, Audit("look-alikes", option, value));

    [Fact]
    public async Task An_unknown_attack_is_told_with_the_nearest() =>
        await Refuses("Did you mean 'base64'?", Audit(_workspace.Suite(3), "--attack", "base46"));

    [Theory]
    [InlineData("persona:nowhere.txt", "There is no file for the attack 'persona:nowhere.txt'")]
    [InlineData("persona", "needs a value: persona:FILE")]
    [InlineData("rot13:5", "'rot13' takes no value")]
    [InlineData("best_of_n:0", "a whole number from 2 to 10000")]
    [InlineData("decoding_top_p:2", "above 0 and at most 1")]
    [InlineData("auto_obfuscation", "Name one with --helper-model")]
    public async Task An_attack_that_cannot_be_had_is_told(string attack, string expected) => await Refuses(expected, Audit(_workspace.Suite(3), "--attack", attack));

    [Fact]
    public async Task An_unknown_judge_is_told_with_the_nearest() =>
        await Refuses("Did you mean 'refusal'?", Audit(_workspace.Suite(3), "--judge", "refusel"));

    [Fact]
    public async Task A_margin_that_is_no_share_is_told() =>
        await Refuses("--margin is 3", Audit(_workspace.Suite(3), "--margin", "3"));

    [Fact]
    public async Task A_missing_suite_file_is_told() => await Refuses("nowhere.jsonl", Audit(_workspace.Path("nowhere.jsonl")));

    [Fact]
    public async Task A_malformed_line_is_told_with_file_line_and_field()
    {
        var suite = _workspace.File("bad.jsonl", """{"prompt": "fine"}""", """{"prompt": "fine too", "kind": "dangerous"}""");

        var result = await Refuses("bad.jsonl, line 2", Audit(suite));

        result.Errors.ShouldContain("kind");
    }

    [Fact]
    public async Task An_empty_suite_is_told() => await Refuses("holds no prompt", Audit(_workspace.File("empty.jsonl")));

    [Fact]
    public async Task A_missing_model_is_told_with_the_forms_there_are() =>
        await Refuses("openai:MODEL", "audit", "--baseline", _workspace.Path("no-model"), "--candidate", "bob", "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"));

    [Fact]
    public async Task A_corrupt_checkpoint_is_told()
    {
        _workspace.File("model/config.json", """{"architectures": ["LlamaForCausalLM"], "model_type": "llama"}""");

        await Refuses("model", "audit", "--baseline", _workspace.Path("model"), "--candidate", "bob", "--suite", _workspace.Suite(3), "-o", _workspace.Path("out"));
    }

    [Fact]
    public async Task A_file_that_is_no_GGUF_is_told() =>
        await Refuses("junk.gguf", "model", "inspect", _workspace.File("junk.gguf", "this is no model"));

    [Theory]
    [InlineData("audit --baseline bob --candidate bob --suite jailbreak-250 -o")]
    [InlineData("demo -o")]
    [InlineData("model convert bob")]
    public async Task An_empty_target_is_told(string line) => await Refuses("is empty; it must be a path", [.. line.Split(' '), ""]);

    [Fact]
    public async Task A_result_that_cannot_be_written_is_told_before_the_training()
    {
        var rows = _workspace.File("rows.jsonl", """{"instruction": "Say hello.", "output": "hello"}""");

        var result = await Refuses("cannot be made", "tune", "--model", "bob", "--data", rows, "-o", Path.Combine(rows, "tuned"));

        result.Errors.ShouldNotContain("to learn");
    }

    [Fact]
    public async Task A_type_that_there_is_not_is_told_with_those_there_are() =>
        await Refuses("There are: BF16, F16, F32, Q8_0.", "model", "convert", "bob", _workspace.Path("bob.gguf"), "--type", "Q4_K");

    [Fact]
    public async Task A_demo_into_a_file_is_told_before_anything_is_tuned()
    {
        var file = _workspace.File("file", "in the way");

        (await Refuses(file, "demo", "-o", file)).Errors.ShouldContain("cannot be made");
    }

    [Theory]
    [InlineData("plan.json", "holds the run of an audit")]
    [InlineData("finance/rows.jsonl", "holds a demo on other rows")]
    [InlineData("law/plan.json", "holds the run of an audit in")]
    [InlineData("report.html", "holds files, and no demo")]
    [InlineData("law/notes.txt", "holds files, and no demo")]
    public async Task A_demo_into_a_folder_of_something_else_is_told_before_anything_is_tuned(string file, string told)
    {
        _workspace.File("demo/" + file, "{}");

        var result = await Refuses(told, "demo", "-o", _workspace.Path("demo"));

        result.Errors.ShouldNotContain("fine-tuning bob on");
        Directory.Exists(_workspace.Path("demo/biomedicine")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("audit")]
    [InlineData("check")]
    public async Task An_audit_into_a_folder_of_the_users_own_is_told_before_anything_is_asked(string verb)
    {
        string[] own = ["report.html", "audit.json", "settings.json", "notes.txt"];
        foreach (var name in own) _workspace.File("mine/" + name, "mine");
        string[] command = [verb, "--baseline", "bob", "--candidate", "bob", "--suite", _workspace.Suite(2), "--judge", "refusal", "-o"];

        var result = await PlumbProcess.RunAsync([.. command, _workspace.Path("mine")]);

        result.Code.ShouldBe(2);
        (result.Output + result.Errors).ShouldContain("holds no run, and is not empty (audit.json, notes.txt, report.html and 1 more)");
        Directory.GetFileSystemEntries(_workspace.Path("mine")).Length.ShouldBe(own.Length);
        own.ShouldAllBe(name => File.ReadAllText(_workspace.Path("mine/" + name)).TrimEnd() == "mine");
        var file = await PlumbProcess.RunAsync([.. command, _workspace.Path("mine/notes.txt")]);
        (file.Output + file.Errors).ShouldContain("is a file, and a run is a folder");
    }

    [Fact]
    public async Task A_pipe_in_the_place_of_a_bundle_or_a_result_is_told_and_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no pipes among its files.");
        var pipe = _workspace.Path("audit.json");
        using (var make = System.Diagnostics.Process.Start("mkfifo", [pipe])) await make.WaitForExitAsync(TestContext.Current.CancellationToken);

        await Refuses("is a named pipe, and a bundle is read back and forth", "report", "verify", pipe);
        await Refuses("is a named pipe and no file", "report", pipe, "-o", "-");
        await Refuses("Nothing was deleted", "runs", "delete", _workspace.Path("."), "--yes", "--shred");
    }

    [Theory]
    [InlineData(64)]
    [InlineData(120)]
    public async Task Too_few_open_files_are_told_before_a_part_of_the_program_cannot_be_opened(int limit)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Windows has no such limit.");
        var start = new System.Diagnostics.ProcessStartInfo("bash") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in new[] { "-c", $"ulimit -n {limit} && exec dotnet \"$0\" \"$@\"", Path.Combine(AppContext.BaseDirectory, "plumb.dll") }.Concat(Audit(_workspace.Suite(2)))) start.ArgumentList.Add(argument);
        using var plumb = System.Diagnostics.Process.Start(start)!;

        var errors = await plumb.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await plumb.WaitForExitAsync(TestContext.Current.CancellationToken);

        plumb.ExitCode.ShouldBe(1);
        errors.ShouldStartWith($"plumb: Only {limit} files and connections may be open at once here (ulimit -n), and Plumbline needs 160");
        errors.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await Refuses($"Port {port} cannot be listened on", "serve-model", "bob", "--port", port.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task What_a_file_smuggles_into_a_message_reaches_no_terminal()
    {
        var suite = _workspace.File("bad.jsonl", """{"prompt": "a", "kind": "\u001b[2Jevil"}""");

        (await Refuses("evil", Audit(suite))).Errors.ShouldNotContain("\u001b");
    }

    public void Dispose() => _workspace.Dispose();

    private string[] Audit(string suite, params string[] more) =>
        ["audit", "--baseline", "http://localhost:9/v1#a", "--candidate", "http://localhost:9/v1#b", "--suite", suite, "-o", _workspace.Path("out"), .. more];

    private async Task<PlumbResult> Refuses(string expected, params string[] arguments)
    {
        var result = await PlumbProcess.RunAsync(arguments);

        result.Errors.ShouldContain(expected);
        result.Code.ShouldBe(2);
        result.Output.ShouldBeEmpty();
        result.Errors.ShouldNotContain("   at ");
        Directory.Exists(_workspace.Path("out")).ShouldBeFalse("nothing half-done is left");
        return result;
    }
}
