using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class ScreenTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    // Error messages quote tensor names, file contents and servers; results quote models.
    [Fact]
    public void Nothing_that_is_printed_can_command_the_terminal()
    {
        var screen = new Screen(_output, _errors, isLive: false, new SteppedTime());
        const string hostile = "a\e[2J\u009b31m\r\b\u202eb\tc\nd";

        screen.Line(hostile);
        screen.Write(hostile);
        screen.Note(hostile);
        screen.Problem(hostile);

        _output.ToString().ShouldBe("a[2J31mb\tc\nd\na[2J31mb\tc\nd");
        _errors.ToString().ShouldBe("a[2J31mb\tc\nd\nplumb: a[2J31mb\tc\nd\n");
    }

    /// <summary>Progress is printed from a timer: what is thrown there ends the process.</summary>
    [Fact]
    public async Task A_standard_error_that_is_full_or_gone_stops_nothing()
    {
        var screen = new Screen(_output, new FullWriter(), isLive: false, new SteppedTime());

        screen.Note("note");
        screen.Problem("problem");
        (await screen.ProgressAsync("work", "steps", _ => Task.FromResult(3))).ShouldBe(3);

        screen.Line("result");
        _output.ToString().ShouldBe("result\n");
    }

    private sealed class FullWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }
}
