using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Tests.Samples;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>A finished run, written again.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task Every_format_is_written_into_the_runs_folder()
    {
        var run = Run();

        var result = await PlumbProcess.RunAsync("report", run, "-f", "html,md", "json", "--format", "junit, sarif");

        result.Code.ShouldBe(0, result.Errors);
        foreach (var name in new[] { "report.html", "report.md", "report.json", "report.junit.xml", "report.sarif" })
        {
            result.Output.ShouldContain(name);
            (await File.ReadAllTextAsync(Path.Combine(run, name), TestContext.Current.CancellationToken)).ShouldNotContain("grey cube answer");
        }
    }

    [Fact]
    public async Task A_comment_goes_to_standard_output_and_a_files_ending_gives_its_format()
    {
        var run = Run();

        var comment = await PlumbProcess.RunAsync("report", Path.Combine(run, "audit.json"), "--format", "md", "-o", "-");
        comment.Output.ShouldStartWith("<!-- plumbline:audit -->");

        var sarif = await PlumbProcess.RunAsync("report", run, "-o", _workspace.Path("deep/er/found.sarif"), "--reveal");
        sarif.Code.ShouldBe(0, sarif.Errors);
        var text = await File.ReadAllTextAsync(_workspace.Path("deep/er/found.sarif"), TestContext.Current.CancellationToken);
        JsonDocument.Parse(text).RootElement.GetProperty("version").GetString().ShouldBe("2.1.0");
        text.ShouldContain("grey cube answer");
    }

    [Theory]
    [InlineData("There is no run", "nowhere")]
    [InlineData("There is no format 'pdf'.", "RUN", "--format", "pdf")]
    [InlineData("Only one format fits on standard output.", "RUN", "--format", "md", "html", "-o", "-")]
    [InlineData("has not come to its end", "UNFINISHED")]
    [InlineData("holds no run", "EMPTY")]
    [InlineData("is no audit document", "BROKEN")]
    public async Task What_cannot_be_reported_is_told(string told, params string[] arguments)
    {
        _workspace.File("unfinished/plan.json", "{}");
        _workspace.File("empty/readme.txt", "");
        var broken = _workspace.File("broken.json", "{");

        var result = await PlumbProcess.RunAsync(
        [
            "report",
            .. arguments.Select(argument => argument switch
            {
                "RUN" => Run(),
                "UNFINISHED" => _workspace.Path("unfinished"),
                "EMPTY" => _workspace.Path("empty"),
                "BROKEN" => broken,
                _ => argument,
            }),
        ]);

        result.Code.ShouldBe(2, result.Errors);
        result.Errors.ShouldContain(told);
    }

    public void Dispose() => _workspace.Dispose();

    private string Run()
    {
        Directory.CreateDirectory(_workspace.Path("run"));
        AuditFile.Write(_workspace.Path("run/audit.json"), SampleAudit.Regressed(60));
        return _workspace.Path("run");
    }
}
