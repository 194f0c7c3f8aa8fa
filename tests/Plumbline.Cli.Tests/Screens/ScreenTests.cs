using System.Text;
using System.Text.Json;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Shouldly;

namespace Plumbline.Cli.Tests.Screens;

public sealed class ScreenTests
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    /// <summary>Some shells and editors say 0 for what they do not know.</summary>
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("00", null)]
    [InlineData("-80", null)]
    [InlineData("wide", null)]
    [InlineData("99999999999", null)]
    [InlineData("72", 72)]
    public void A_width_that_is_none_is_not_told(string? columns, int? expected) => Screen.WidthOf(columns).ShouldBe(expected);

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

    /// <summary>What is said next would else stand behind the question.</summary>
    [Fact]
    public async Task A_question_that_nobody_answers_ends_its_line()
    {
        var screen = new Screen(_output, _errors, isLive: false, new SteppedTime(), input: new StringReader(""));

        (await screen.AsksAsync("Delete it? [y/N] ", TestContext.Current.CancellationToken)).ShouldBeFalse();
        screen.Problem("not deleted");

        _errors.ToString().ShouldBe("Delete it? [y/N] \nplumb: not deleted\n");
    }

    /// <summary>A terminal's reader waits for a line, and nobody can call it back.</summary>
    [Fact]
    public async Task Who_is_interrupted_at_a_question_does_not_wait_for_an_answer()
    {
        using var keyboard = new Keyboard();
        using var interruption = new CancellationTokenSource();
        var screen = new Screen(_output, _errors, isLive: false, new SteppedTime(), input: keyboard);

        var asked = screen.AsksAsync("Delete it? [y/N] ", interruption.Token);
        await keyboard.IsRead.WaitAsync(TestContext.Current.CancellationToken);
        await interruption.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => asked);
    }

    /// <summary>Whichever way a text is printed, it keeps to the screen; only what is to be copied or read by a program does not.</summary>
    [Fact]
    public void On_a_terminal_every_text_is_broken_between_words_and_what_is_to_be_copied_is_not()
    {
        var screen = new Screen(_output, _errors, isLive: false, new SteppedTime(), width: 40, noteWidth: 50);
        var words = string.Join(' ', Enumerable.Repeat("some words", 12));

        screen.Line(words);
        screen.Line("  - " + words);
        screen.Sentence(words, "Caution: ");
        screen.Note("Caution: " + words);
        screen.Problem(words);
        var path = "Report: runs/" + new string('x', 60);
        screen.Whole(path);

        var lines = _output.ToString().Split('\n');
        lines.Where(line => line != path).ShouldAllBe(line => line.Length <= 40);
        lines.ShouldContain(path);
        lines.ShouldContain(line => line.StartsWith("    some", StringComparison.Ordinal));
        lines.ShouldContain(line => line.StartsWith("         some", StringComparison.Ordinal));
        _errors.ToString().Split('\n').ShouldAllBe(line => line.Length <= 50);
        _errors.ToString().ReplaceLineEndings(" ").ShouldContain("plumb: " + words);
    }

    [Fact]
    public void In_a_file_every_text_is_one_line()
    {
        var words = string.Join(' ', Enumerable.Repeat("some words", 40));
        var screen = new Screen(_output, _errors, isLive: false, new SteppedTime());

        screen.Line("  - " + words);
        screen.Sentence(words, "Caution: ");
        screen.Note(words);

        _output.ToString().ShouldBe($"  - {words}\nCaution: {words}\n");
        _errors.ToString().ShouldBe(words + "\n");
    }

    /// <summary>Nothing is taken out of JSON that a terminal might obey, as it is of text: a program is to have the whole of it.</summary>
    [Fact]
    public void Json_is_readable_whole_and_harmless()
    {
        const string Name = "hazards + \"ünder\" <b> \e[2J \u202e \u009b \u2028 😀";
        var type = ListingJsonContext.Default.ListedSetting;

        new Screen(_output, _errors, isLive: false, new SteppedTime(), width: 40).Json(new ListedSetting(Name, null, "here"), type);
        var ascii = ConsoleJson.Of(new ListedSetting(Name, null, "here"), type, Encoding.Latin1);

        var json = _output.ToString();
        json.ShouldContain("hazards + ");
        json.ShouldContain("ünder");
        json.ShouldNotContain("\\u002B");
        json.Where(letter => letter != '\n').ShouldAllBe(letter => ConsoleText.IsHarmless(letter));
        JsonSerializer.Deserialize(json, type)!.Key.ShouldBe(Name);
        ascii.ShouldAllBe(letter => char.IsAscii(letter));
        JsonSerializer.Deserialize(ascii, type)!.Key.ShouldBe(Name);
    }

    [Fact]
    public void A_standard_output_that_is_closed_is_called_so() =>
        new OutputException(new UnauthorizedAccessException("Access to the path is denied.")).Message.ShouldStartWith("Standard output cannot be written: it is closed. Send it somewhere else");

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

    /// <summary>Nobody sits at it.</summary>
    private sealed class Keyboard : TextReader
    {
        private readonly TaskCompletionSource _isRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _isGone = new();

        public Task IsRead => _isRead.Task;

        public override string? ReadLine()
        {
            _isRead.SetResult();
            _isGone.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            _isGone.Set();
            base.Dispose(disposing);
        }
    }
}
