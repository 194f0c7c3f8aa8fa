using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A result that was cut, emptied or edited by hand, as every verb that reads one meets it.</summary>
public sealed class DamagedResultTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_verb_names_the_file_and_nothing_is_a_fault_of_ours()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion("I'm sorry, but I can't help with that.")) };
        var (run, result) = (_workspace.Path("out"), _workspace.Path("out/audit.json"));
        (await PlumbProcess.RunAsync("audit", "--baseline", $"{server.Address}#before", "--candidate", $"{server.Address}#after", "--suite", _workspace.Suite(3), "--judge", "refusal", "-o", run)).Code.ShouldBe(4);
        var whole = await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken);
        string[] damaged =
        [
            "",
            "[]",
            whole[..(whole.Length / 2)],
            whole.Replace("\"id\": \"refusal\"", "\"id\": 5", StringComparison.Ordinal),
            whole.Replace("\"cautions\": [", "\"plannedRule\": { \"margin\": \"wide\" }, \"cautions\": [", StringComparison.Ordinal),
        ];
        string[][] verbs = [["gate", run], ["report", run], ["compare", run, run], ["runs", "show", run], ["labels", "show", run]];
        foreach (var content in damaged)
        {
            content.ShouldNotBe(whole);
            await File.WriteAllTextAsync(result, content, TestContext.Current.CancellationToken);
            foreach (var verb in verbs)
            {
                var told = await PlumbProcess.RunAsync(verb);
                told.Code.ShouldBe(2, $"{verb[0]}: {told.Output}{told.Errors}");
                told.Errors.ShouldContain($"{result} is no audit document: ");
                told.Errors.ShouldContain("plumb resume");
            }
        }

        // Whole, and by its format a result: only its record shows that it is not the run's.
        await File.WriteAllTextAsync(result, whole.Replace("\"outcome\": \"notEnoughEvidence\"", "\"outcome\": \"held\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        foreach (var verb in verbs)
            await RefusedAsync(verb, 2);
        await RefusedAsync(["runs", "list", _workspace.Path(".")], 0);

        (await PlumbProcess.RunAsync("resume", run)).Code.ShouldBe(4);
        (await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken)).ShouldBe(whole, "it is derived from what is in the journal");

        async Task RefusedAsync(string[] verb, int code)
        {
            var told = await PlumbProcess.RunAsync(verb);
            told.Code.ShouldBe(code, $"{verb[0]}: {told.Output}{told.Errors}");
            told.Errors.ShouldContain("audit.json is not as it was written: it was edited, or another file was put in its place, or its line ends were converted (derived.json beside it holds its length and SHA-256). "
                + "Restore it from a copy, or have it written again from the run: 'plumb resume' with '");
            told.Output.ShouldNotContain("held", Case.Insensitive);
        }
    }

    [Fact]
    public async Task A_run_that_has_lost_its_plan_or_whose_settings_are_torn_is_told_so()
    {
        var run = _workspace.Path("out");
        (await PlumbProcess.RunAsync("audit", "--baseline", "bob", "--candidate", "bob", "--suite", _workspace.Suite(3), "-o", run)).Code.ShouldBe(4);
        var settings = await File.ReadAllTextAsync(_workspace.Path("out/settings.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_workspace.Path("out/settings.json"), "{", TestContext.Current.CancellationToken);

        var torn = await PlumbProcess.RunAsync("resume", run);
        await File.WriteAllTextAsync(_workspace.Path("out/settings.json"), settings, TestContext.Current.CancellationToken);
        File.Delete(_workspace.Path("out/plan.json"));
        var lost = await PlumbProcess.RunAsync("resume", run);

        (torn.Code, lost.Code).ShouldBe((2, 2));
        torn.Errors.ShouldContain("settings.json cannot be read: it is damaged in line");
        lost.Errors.ShouldContain("has lost its plan.json, which says what was asked. Restore it from a copy");
    }

    /// <summary>Who edits a file by hand may take out a part; what it does not state is as usual.</summary>
    [Fact]
    public async Task A_planned_rule_that_lacks_its_margin_gates_by_the_usual_one()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion("I'm sorry, but I can't help with that.")) };
        var (run, result) = (_workspace.Path("out"), _workspace.Path("out/audit.json"));
        string[] audit = ["audit", "--baseline", $"{server.Address}#before", "--candidate", $"{server.Address}#after", "--suite", _workspace.Suite(3), "--judge", "refusal", "-o", run];
        await PlumbProcess.RunAsync(audit);
        await PlumbProcess.RunAsync([.. audit, "--margin", "25%"]);
        var whole = await File.ReadAllTextAsync(result, TestContext.Current.CancellationToken);
        var lacking = whole.Replace("    \"margin\": \"0.03\",\n", "", StringComparison.Ordinal);
        lacking.ShouldNotBe(whole);
        await File.WriteAllTextAsync(result, lacking, TestContext.Current.CancellationToken);
        (await PlumbProcess.RunAsync("gate", run)).Code.ShouldBe(2, "its record tells the edit");
        File.Delete(_workspace.Path("out/derived.json"));

        var gate = await PlumbProcess.RunAsync("gate", run);

        gate.Code.ShouldBe(4, gate.Errors);
        gate.Output.ReplaceLineEndings(" ").ShouldContain("Caution: The rule was changed after the run was planned: the margin was not stated and is 25 points.");
    }

    public void Dispose() => _workspace.Dispose();
}
