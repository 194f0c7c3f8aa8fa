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
