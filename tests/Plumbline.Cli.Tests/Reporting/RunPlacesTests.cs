using Plumbline.Audits;
using Plumbline.Cli.Reporting;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Cli.Tests.Reporting;

/// <summary>A report by somebody who has neither the variables nor the files that the run was started with.</summary>
public sealed class RunPlacesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("""{"format": "plumbline.settings/1", "values": {"suites[0].file": {"text": "${PROMPTS}/mine.jsonl", "folder": "."}}}""", "PROMPTS")]
    [InlineData("""{"format": "plumbline.settings/9", "values": {}}""", "plumbline.settings/9")]
    [InlineData("{", "settings.json cannot be read")]
    public async Task Results_are_written_without_the_lines_of_the_suite(string settings, string why)
    {
        var run = Path.GetDirectoryName(_workspace.File("run/settings.json", settings))!;
        AuditFile.Write(Path.Combine(run, AuditFile.Name), SampleAudit.Regressed(60));
        var notes = new List<string>();

        RunPlaces.Of(run, _ => null, notes.Add).ShouldNotBeNull();

        notes.ShouldHaveSingleItem().ShouldContain(why);
        var result = await PlumbProcess.RunAsync("report", run, "--format", "sarif");
        result.Code.ShouldBe(0, result.Errors);
        result.Errors.ShouldContain(why);
        File.Exists(Path.Combine(run, "report.sarif")).ShouldBeTrue();
    }

    public void Dispose() => _workspace.Dispose();
}
