using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Reports.Tests.Samples;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>Two finished runs, compared.</summary>
public sealed class CompareTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public async Task A_worse_candidate_than_the_other_runs_is_a_regression()
    {
        var (held, regressed) = (Run("held", SampleAudit.Held()), Run("regressed", SampleAudit.Regressed()));

        var result = await PlumbProcess.RunAsync("compare", held, regressed, "-f", "html", "md", "-o", _workspace.Path("out/"));

        result.Code.ShouldBe(3, result.Errors);
        result.LastLine.ShouldBe("exit code 3: a regression was shown");
        result.Output.TrimStart().ShouldStartWith("Regressed:");
        (await File.ReadAllTextAsync(_workspace.Path("out/compare.html"), TestContext.Current.CancellationToken)).ShouldContain("The two runs");
        (await File.ReadAllTextAsync(_workspace.Path("out/compare.md"), TestContext.Current.CancellationToken)).ShouldContain("### The two runs");
        (await PlumbProcess.RunAsync("compare", regressed, held)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_is_not_compared_with_itself()
    {
        var run = Run("held", SampleAudit.Held());

        var result = await PlumbProcess.RunAsync("compare", run, run + "/audit.json");

        (result.Code, result.Errors.Contains("are one run: there is nothing to compare", StringComparison.Ordinal)).ShouldBe((2, true), result.Errors);
    }

    [Fact]
    public async Task As_JSON_it_is_the_head_of_the_document_and_nothing_else()
    {
        var (held, regressed) = (Run("held", SampleAudit.Held()), Run("regressed", SampleAudit.Regressed()));

        var result = await PlumbProcess.RunAsync("compare", held, regressed, "--json", "-o", _workspace.Path("compare.md"));

        result.Code.ShouldBe(3, result.Errors);
        using var document = JsonDocument.Parse(result.Output);
        document.RootElement.EnumerateObject().Select(property => property.Name).ShouldBe(["between", "rule", "verdict", "comparisons", "cautions", "exitCode"]);
        document.RootElement.GetProperty("verdict").GetProperty("outcome").GetString().ShouldBe("regressed");
        document.RootElement.GetProperty("between").GetProperty("shared").GetInt32().ShouldBe(250);
        document.RootElement.GetProperty("exitCode").GetInt32().ShouldBe(3);
        File.Exists(_workspace.Path("compare.md")).ShouldBeTrue();
        (await PlumbProcess.RunAsync("compare", held, regressed, "--json", "-f", "md", "-o", "-")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task Runs_of_two_judges_are_refused()
    {
        var other = SampleAudit.Regressed();
        var result = await PlumbProcess.RunAsync("compare", Run("a", SampleAudit.Held()), Run("b", other with { Judge = other.Judge with { Version = "2" } }));
        result.Code.ShouldBe(2);
        result.Errors.ShouldContain("--across-judges");
    }

    public void Dispose() => _workspace.Dispose();

    private string Run(string name, AuditDocument audit)
    {
        Directory.CreateDirectory(_workspace.Path(name));
        // The samples are of one plan; these are two runs.
        AuditFile.Write(_workspace.Path(name + "/audit.json"), audit with { RunId = ContentHash.Of([audit.RunId, name]) });
        return _workspace.Path(name);
    }
}
