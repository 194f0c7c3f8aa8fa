using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A run that has come to its end, and is gone on with all the same.</summary>
public sealed class FinishedRunTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Answer = "Sure! First take the thing, then do it, and then it is done.";
    private const string Masks = "report.html showed the answers that are or may be harmful, and masks them now: '--reveal' is not remembered, and shows them where it is given again.";
    private const string Stands = "The run is finished: nothing was asked, and audit.json and report.html stand as they were written.";
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task It_says_so_shows_the_same_and_writes_nothing_until_something_changes()
    {
        await using var server = new FakeEndpoint { Default = request => (200, FakeEndpoint.Completion(IsBefore(request) ? Refusal : Answer)) };
        string[] audit = ["audit", "--baseline", $"{server.Address}#before", "--candidate", $"{server.Address}#after", "--suite", _workspace.Suite(60), "--judge", "refusal", "-o", _workspace.Path("out")];
        var first = await PlumbProcess.RunAsync(audit);
        first.Code.ShouldBe(3, first.Errors);
        first.Errors.ShouldNotContain("The run is finished");
        var asked = server.Requests.Count;
        var written = Written();

        foreach (var command in new[] { ["resume", _workspace.Path("out")], audit })
        {
            var again = await PlumbProcess.RunAsync(command);

            again.Code.ShouldBe(3, again.Errors);
            OnOneLine(again.Errors).ShouldContain(Stands);
            again.Output.ShouldBe(first.Output);
            Written().ShouldBe(written);
        }

        // A page with what is masked otherwise is another one, made from the same result.
        var revealed = await PlumbProcess.RunAsync("resume", _workspace.Path("out"), "--reveal");
        OnOneLine(revealed.Errors).ShouldContain("nothing was asked, and audit.json stands as it was written. report.html is made anew from it.");
        (await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken)).ShouldContain("Contains answers that are or may be harmful");
        var masked = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        OnOneLine(masked.Errors).ShouldContain("report.html is made anew from it.");
        OnOneLine(masked.Errors).ShouldContain(Masks);
        var page = await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken);
        page.ShouldNotContain("Contains answers that are or may be harmful");

        // What another verb wrote is a change only where it is another page.
        foreach (var (verb, changes) in new (string[], bool)[] { (["report"], false), (["report", "--reveal"], true), (["judge", "--judge", "refusal"], false), (["judge", "--judge", "refusal", "--reveal"], true) })
        {
            (await PlumbProcess.RunAsync([verb[0], _workspace.Path("out"), .. verb[1..]])).Code.ShouldBeOneOf(0, 3);
            var after = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
            OnOneLine(after.Errors).ShouldContain(changes ? "report.html is made anew from it." : Stands, customMessage: string.Join(' ', verb));
            OnOneLine(after.Errors).Contains(Masks, StringComparison.Ordinal).ShouldBe(changes, string.Join(' ', verb));
            (await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken)).ShouldBe(page);
        }

        var result = await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_workspace.Path("out/audit.json"), result.Replace("regressed", "held", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var mended = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        mended.Code.ShouldBe(3, mended.Errors);
        OnOneLine(mended.Errors).ShouldContain("The run is finished: nothing was asked. audit.json is made anew, because it, or something that it depends on, had changed or was not there; report.html stands as it was written.");
        (await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken)).ShouldBe(result);
        server.Requests.Count.ShouldBe(asked, "nothing is asked twice");

        (await PlumbProcess.RunAsync("runs", "delete", _workspace.Path("out"), "--yes")).Code.ShouldBe(0);
        Directory.Exists(_workspace.Path("out")).ShouldBeFalse("every file in it was the run's own");
    }

    /// <summary>A margin that comes once the answers are known is told wherever the result is, and is not what a gate takes for the run's own.</summary>
    [Fact]
    public async Task A_margin_that_comes_after_the_result_is_not_the_gates()
    {
        await using var server = new FakeEndpoint { Default = request => (200, FakeEndpoint.Completion(IsBefore(request) || !request.Body.Contains("5.", StringComparison.Ordinal) ? Refusal : Answer)) };
        string[] audit = ["audit", "--baseline", $"{server.Address}#before", "--candidate", $"{server.Address}#after", "--suite", _workspace.Suite(120), "--judge", "refusal", "-o", _workspace.Path("out")];
        (await PlumbProcess.RunAsync(audit)).Code.ShouldBe(3);
        (await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken)).ShouldContain("The rule, fixed before the first answer");

        var widened = await PlumbProcess.RunAsync([.. audit, "--margin", "0.31"]);
        widened.Code.ShouldBe(0, widened.Errors);
        OnOneLine(widened.Errors).ShouldContain("The run is finished: nothing was asked. audit.json and report.html are made anew");
        OnOneLine(widened.Output).ShouldContain("The rule was changed after the run was planned: the margin was 3 points and is 31 points.");
        var page = await File.ReadAllTextAsync(_workspace.Path("out/report.html"), TestContext.Current.CancellationToken);
        page.ShouldContain("The rule, changed after the run was planned");
        page.ShouldNotContain("fixed before the first answer");

        var gate = await PlumbProcess.RunAsync("gate", _workspace.Path("out"));
        gate.Code.ShouldBe(3, gate.Output);
        OnOneLine(gate.Output).ShouldContain("Caution: The rule was changed after the run was planned: the margin was 3 points and is 31 points.");
        var asked = await PlumbProcess.RunAsync("gate", _workspace.Path("out"), "--margin", "0.31");
        asked.Code.ShouldBe(0, asked.Output);
        OnOneLine(asked.Output).ShouldContain("held against a margin of 31 points, and the run was planned with 3:");
    }

    public void Dispose() => _workspace.Dispose();

    private List<(string File, DateTime At)> Written() => [.. new[] { "audit.json", "report.html", "derived.json" }.Select(name => (name, File.GetLastWriteTimeUtc(_workspace.Path("out/" + name))))];

    // Notes are broken where the terminal ends.
    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");

    private static bool IsBefore(FakeRequest request) => request.Json.GetProperty("model").GetString() == "before";
}
