using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Tests.Screens;
using Plumbline.Providers.Pacing;
using Shouldly;

namespace Plumbline.Cli.Tests.Setup;

public sealed class OpenCallsTests
{
    [Theory]
    [InlineData(32, 2, null, 32)]
    [InlineData(32, 2, 1024L, 32)]
    [InlineData(440, 2, 1024L, 440)]
    [InlineData(441, 2, 1024L, 440)]
    [InlineData(256, 4, 200L, 14)]
    [InlineData(32, 4, 100L, 1)]
    [InlineData(32, 0, 150L, 6)]
    public void No_more_calls_are_in_flight_than_connections_may_be_open(int asked, int models, long? limit, int expected)
    {
        var errors = new StringWriter();
        var screen = new Screen(TextWriter.Null, errors, isLive: false, new SteppedTime());

        OpenCalls.Within(new PacerOptions { MaxConcurrency = asked }, models, limit, screen).MaxConcurrency.ShouldBe(expected);

        if (expected == asked) errors.ToString().ShouldBeEmpty();
        else errors.ToString().ShouldStartWith($"Only {limit} files and connections may be open at once here (ulimit -n): a model gets at most {expected} call");
    }
}
