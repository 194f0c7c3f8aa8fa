using Shouldly;

namespace Plumbline.Cli.Tests.Commands;

/// <summary>The command line as a stranger meets it.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task The_version_is_one_line()
    {
        var result = await PlumbProcess.RunAsync("--version");

        result.Code.ShouldBe(0);
        result.Output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+(\+[0-9a-f]+)?$");
    }

    [Fact]
    public async Task A_verb_below_another_one_is_shown_without_what_that_one_takes()
    {
        var result = await PlumbProcess.RunAsync("report", "verify", "--help");

        result.Output.ShouldContain("plumb report verify <FILE>");
        result.Output.ShouldNotContain("<RUN>");
        (await PlumbProcess.RunAsync("report", "--help")).Output.ShouldContain("plumb report <RUN>");
    }

    /// <summary>A verdict that says "same is no worse than same", or calls a model by the other's name, is worse than none.</summary>
    [Theory]
    [InlineData("old", "Old ", "are both 'old'")]
    [InlineData("tuned", "after", "--baseline-name 'tuned' is the model of the candidate")]
    [InlineData(null, "http://localhost:9/v1#base", "is the model of the baseline")]
    public async Task Names_by_which_the_sides_could_be_mistaken_are_refused(string? before, string after, string told)
    {
        string[] name = before is null ? [] : ["--baseline-name", before];
        var result = await PlumbProcess.RunAsync(["plan", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", "jailbreak-250", .. name, "--candidate-name", after]);

        (result.Code, result.Errors.Contains(told, StringComparison.Ordinal)).ShouldBe((2, true), result.Errors);
    }

    [Fact]
    public async Task A_plan_is_headed_by_what_the_sides_are_called()
    {
        var result = await PlumbProcess.RunAsync("plan", "--baseline", "http://localhost:9/v1#base", "--candidate", "http://localhost:9/v1#tuned", "--suite", "jailbreak-250", "--baseline-name", "before");

        result.Output.ShouldContain("Baseline:  before (http://localhost:9/v1#base)");
        result.Output.ShouldContain("Candidate: http://localhost:9/v1#tuned");
        result.Output.ShouldContain("--prices FILE");
    }

    [Fact]
    public async Task A_word_that_is_no_verb_is_bad_usage()
    {
        var result = await PlumbProcess.RunAsync("frobnicate");

        result.Code.ShouldBe(2);
        result.Errors.ShouldContain("frobnicate");
        result.Errors.ShouldContain("'plumb --help' shows how it is used.");
        result.Output.ShouldBeEmpty();
    }
}
