using System.Text.Json;
using System.Text.RegularExpressions;
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
        (await PlumbProcess.RunAsync("gate", Run)).Output.ShouldMatch(@"(?m)^Judge refusal, version [^ ]+\.$", "it is the run's own");
        var settings = File.GetLastWriteTimeUtc(Path.Combine(Run, "settings.json"));
        (await PlumbProcess.RunAsync("judge", Run, "--judge", "refusal-xstest,refusal-qi", "--panel", "any")).Code.ShouldBe(4);
        var judged = await ReadAsync("audit.json");

        var resumed = await PlumbProcess.RunAsync("resume", Run);

        resumed.Code.ShouldBe(4, resumed.Errors);
        var other = $"who was asked since; the run's own is 'refusal', and 'plumb judge {Run} --judge refusal' brings its view back.";
        OnOneLine(resumed.Errors).ShouldContain($"The result is by the judge 'any(refusal-xstest, refusal-qi)', {other}");
        resumed.Output.ShouldMatch(@"(?m)^Judge:  any\(refusal-xstest, refusal-qi\), version [^ ]+$");
        (await PlumbProcess.RunAsync("gate", Run)).Output.ShouldMatch($@"(?m)^Judge any\(refusal-xstest, refusal-qi\), version [^ ]+, {Regex.Escape(other)}$");
        using (var json = JsonDocument.Parse((await PlumbProcess.RunAsync("gate", Run, "--json")).Output))
        {
            var judge = json.RootElement.GetProperty("judge");
            (judge.GetProperty("id").GetString(), judge.GetProperty("own").GetString()).ShouldBe(("any(refusal-xstest, refusal-qi)", "refusal"));
        }

        // A document that was copied out of its folder knows that it is of another judge, and not of which run.
        File.Copy(Path.Combine(Run, "audit.json"), _workspace.Path("copied.json"));
        (await PlumbProcess.RunAsync("gate", _workspace.Path("copied.json"))).Output.ShouldMatch(@"(?m)^Judge any\(refusal-xstest, refusal-qi\), version [^ ]+, who was asked after the run's end, last on [0-9: -]+ UTC, and is not the run's own\.");
        (await ReadAsync("audit.json")).ShouldBe(judged);
        (await ReadAsync("report.html")).ShouldContain("any(refusal-xstest, refusal-qi)");
        File.GetLastWriteTimeUtc(Path.Combine(Run, "settings.json")).ShouldBe(settings, "nothing in it is new");

        // Who names a judge means that one.
        var again = await PlumbProcess.RunAsync(audit);
        OnOneLine(again.Errors).ShouldContain($"The result was by the judge 'any(refusal-xstest, refusal-qi)', and is by 'refusal' now: 'plumb judge {Run} --judge refusal-xstest --judge refusal-qi --panel any' brings that view back.");
        (await PlumbProcess.RunAsync("judge", Run, "--judge", "refusal-xstest", "--judge", "refusal-qi", "--panel", "any")).Code.ShouldBe(4);
        (await ReadAsync("audit.json")).ShouldBe(judged);

        File.Delete(Path.Combine(Run, "audit.json"));
        var gone = await PlumbProcess.RunAsync("resume", Run);
        OnOneLine(gone.Errors).ShouldContain($"The result was by the judge 'any(refusal-xstest, refusal-qi)', who was asked since, and is gone: audit.json was edited, torn or deleted. It is by the run's own judge 'refusal' now, and 'plumb judge {Run} --judge refusal-xstest --judge refusal-qi --panel any' makes the other's again.");
        (await PlumbProcess.RunAsync("judge", Run, "--judge", "refusal-xstest", "--judge", "refusal-qi", "--panel", "any")).Code.ShouldBe(4);
        (await ReadAsync("audit.json")).ShouldBe(judged);
    }

    public void Dispose() => _workspace.Dispose();

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(Path.Combine(Run, name), TestContext.Current.CancellationToken);

    // Notes are broken where the terminal ends.
    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ");
}
