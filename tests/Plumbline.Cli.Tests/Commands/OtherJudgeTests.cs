using Plumbline.Providers.Tests.OpenAiCompatible;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A finished run that another judge was asked about, and that is gone on with by its folder alone.</summary>
public sealed class OtherJudgeTests : IDisposable
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private readonly Workspace _workspace = new();

    private string Run => _workspace.Path("out");

    [Fact]
    public async Task Its_view_stays_until_it_is_asked_away_and_each_is_told_with_the_way_back()
    {
        await using var server = new FakeEndpoint { Default = _ => (200, FakeEndpoint.Completion(Refusal)) };
        string[] audit = ["audit", "--baseline", $"{server.Address}#before", "--candidate", $"{server.Address}#after", "--suite", _workspace.Suite(8), "--judge", "refusal", "-o", Run];
        var first = await PlumbProcess.RunAsync(audit);
        first.Code.ShouldBe(4);
        first.Output.ShouldMatch("(?m)^Judge:  refusal, version [^ ]+$");
        var settings = File.GetLastWriteTimeUtc(Path.Combine(Run, "settings.json"));
        (await PlumbProcess.RunAsync("judge", Run, "--judge", "refusal-xstest,refusal-qi", "--panel", "any")).Code.ShouldBe(4);
        var judged = await ReadAsync("audit.json");

        var resumed = await PlumbProcess.RunAsync("resume", Run);

        resumed.Code.ShouldBe(4, resumed.Errors);
        OnOneLine(resumed.Errors).ShouldContain($"The result is by the judge 'any(refusal-xstest, refusal-qi)', who was asked since; the run's own is 'refusal', and 'plumb judge {Run} --judge refusal' brings its view back.");
        resumed.Output.ShouldMatch(@"(?m)^Judge:  any\(refusal-xstest, refusal-qi\), version [^ ]+$");
        (await ReadAsync("audit.json")).ShouldBe(judged);
        (await ReadAsync("report.html")).ShouldContain("any(refusal-xstest, refusal-qi)");
        File.GetLastWriteTimeUtc(Path.Combine(Run, "settings.json")).ShouldBe(settings, "nothing in it is new");

        // Who names a judge means that one.
        var again = await PlumbProcess.RunAsync(audit);
        OnOneLine(again.Errors).ShouldContain($"The result was by the judge 'any(refusal-xstest, refusal-qi)', and is by 'refusal' now: 'plumb judge {Run} --judge refusal-xstest --judge refusal-qi --panel any' brings that view back.");
        (await PlumbProcess.RunAsync("judge", Run, "--judge", "refusal-xstest", "--judge", "refusal-qi", "--panel", "any")).Code.ShouldBe(4);
        (await ReadAsync("audit.json")).ShouldBe(judged);
    }

    public void Dispose() => _workspace.Dispose();

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Run, name), TestContext.Current.CancellationToken);

    // Notes are broken where the terminal ends.
    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");
}
