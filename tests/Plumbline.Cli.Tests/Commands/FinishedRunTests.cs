using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A run that has come to its end, and is gone on with all the same.</summary>
public sealed class FinishedRunTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Answer = "Sure! First take the thing, then do it, and then it is done.";
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
        (await PlumbProcess.RunAsync("report", _workspace.Path("out"))).Code.ShouldBe(0);
        var masked = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        OnOneLine(masked.Errors).ShouldContain("report.html is made anew from it.");
        OnOneLine((await PlumbProcess.RunAsync("resume", _workspace.Path("out"))).Errors).ShouldContain(Stands);

        var result = await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(_workspace.Path("out/audit.json"), result.Replace("regressed", "held", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var mended = await PlumbProcess.RunAsync("resume", _workspace.Path("out"));
        (mended.Code, mended.Errors.Contains("The run is finished", StringComparison.Ordinal)).ShouldBe((3, false), mended.Errors);
        (await File.ReadAllTextAsync(_workspace.Path("out/audit.json"), TestContext.Current.CancellationToken)).ShouldBe(result);
        server.Requests.Count.ShouldBe(asked, "nothing is asked twice");

        (await PlumbProcess.RunAsync("runs", "delete", _workspace.Path("out"), "--yes")).Code.ShouldBe(0);
        Directory.Exists(_workspace.Path("out")).ShouldBeFalse("every file in it was the run's own");
    }

    public void Dispose() => _workspace.Dispose();

    private List<(string File, DateTime At)> Written() => [.. new[] { "audit.json", "report.html", "derived.json" }.Select(name => (name, File.GetLastWriteTimeUtc(_workspace.Path("out/" + name))))];

    // Notes are broken where the terminal ends.
    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");

    private static bool IsBefore(FakeRequest request) => request.Json.GetProperty("model").GetString() == "before";
}
