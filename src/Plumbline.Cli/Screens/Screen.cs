using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace Plumbline.Cli.Screens;

/// <summary>
/// Where the program prints. Results go to standard output; progress and problems go to standard error, so that a pipe carries results
/// only. Bars and colours only where both are a terminal; NO_COLOR is honoured. Whatever comes here may quote a model, a file or a server:
/// nothing that a terminal would obey gets through.
/// </summary>
/// <param name="output">Where results go.</param>
/// <param name="errors">Where progress and problems go.</param>
/// <param name="isLive">Whether both are a terminal.</param>
/// <param name="time">The clock.</param>
/// <param name="input">Where answers to questions come from; null for nobody who answers.</param>
/// <param name="redaction">Takes secrets out; null for nothing to take out.</param>
/// <param name="width">How many columns results have to keep to; null where nobody lays them out, and every text stays in one line.</param>
/// <param name="noteWidth">The same of what goes to <paramref name="errors"/>.</param>
internal sealed class Screen(TextWriter output, TextWriter errors, bool isLive, TimeProvider time, TextReader? input = null, Redaction? redaction = null, int? width = null, int? noteWidth = null)
{
    private static readonly TimeSpan PlainLineEvery = TimeSpan.FromSeconds(5);
    private const int PlainWidth = 160;

    /// <summary>Narrower than this nothing can be laid out.</summary>
    private const int LeastWidth = 40;

    /// <summary>As wide as a terminal is taken for that does not tell its width.</summary>
    private const int UsualWidth = 80;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>How many columns there are to lay out a table in: the terminal's; elsewhere what COLUMNS says, or else plenty.</summary>
    public int Width => Math.Max(LeastWidth, width ?? PlainWidth);

    /// <summary>How many columns results have to keep to; null where nobody lays them out.</summary>
    public int? Columns => width is { } most ? Math.Max(LeastWidth, most) : null;

    /// <summary>The screen of this process. What goes to a terminal is laid out as wide as that is; what goes to a file or a pipe only where COLUMNS asks for it.</summary>
    /// <param name="redaction">Takes secrets out.</param>
    /// <param name="columns">The variable COLUMNS: how wide what is no terminal is to be taken for.</param>
    public static Screen OfProcess(Redaction redaction, string? columns)
    {
        var isLive = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        var asked = WidthOf(columns);
        return new Screen(Console.Out, Console.Error, isLive, TimeProvider.System, Console.In, redaction, WidthOn(Console.IsOutputRedirected), WidthOn(Console.IsErrorRedirected));

        int? WidthOn(bool isRedirected) => isRedirected ? asked : TerminalWidth();
    }

    /// <summary>How wide the variable COLUMNS says that things are; null where it says nothing: it is not set, is no number, or is the 0 of whoever does not know.</summary>
    internal static int? WidthOf(string? columns) => int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0 ? width : null;

    /// <summary>
    /// Prints a line of results. Where it is wider than the terminal it is broken between words, and what follows stands below its beginning: the indentation
    /// that it has, and a dash behind that. Elsewhere it stays one line, for whoever reads lines.
    /// </summary>
    public void Line(string text = "")
    {
        var lead = WordWrap.LeadOf(text);
        Sentence(text[lead.Length..], lead);
    }

    /// <summary>Prints a line of results as it is, however long: what a program reads, what is to be copied, and what is laid out already.</summary>
    public void Whole(string text) => Put(() => output.WriteLine(Shown(text)));

    /// <summary>Prints a result as JSON, for programs: no text of it is escaped but what JSON demands, what a terminal would obey or nobody could see, and what the encoding
    /// of standard output cannot carry.</summary>
    public void Json<T>(T value, JsonTypeInfo<T> type) => Whole(ConsoleJson.Of(value, type, output.Encoding));

    /// <summary>Prints a line of results, with <paramref name="lead"/> before it, below the end of which the text goes on where it must be broken.</summary>
    public void Sentence(string text, string lead = "")
    {
        foreach (var line in Laid(text, lead, width)) Whole(line);
    }

    /// <summary>Prints a piece of a line of results, at once.</summary>
    public void Write(string piece) => Put(() =>
    {
        output.Write(Shown(piece));
        output.Flush();
    });

    /// <summary>Asks a question that is answered with y; false where nobody can answer, and for every other answer.</summary>
    /// <exception cref="OperationCanceledException">It was interrupted; what was read of an answer counts for nothing.</exception>
    public async Task<bool> AsksAsync(string question, CancellationToken cancellationToken)
    {
        errors.Write(Shown(question));
        // Nobody can call back a terminal's reader: who interrupts does not wait for its line.
        if (input is not null && await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } answer)
            return answer.Trim().Equals("y", StringComparison.OrdinalIgnoreCase);

        // Nobody ended the question's line.
        Tell("");
        return false;
    }

    /// <summary>Prints a line beside the results: what goes on. It is broken as a line of results is.</summary>
    public void Note(string text)
    {
        var lead = WordWrap.LeadOf(text);
        foreach (var line in Laid(text[lead.Length..], lead, noteWidth)) Tell(line);
    }

    /// <summary>Prints what went wrong and what to do.</summary>
    public void Problem(string sentence) => Note("plumb: " + sentence);

    /// <summary>
    /// Runs <paramref name="work"/> and shows how far it is: a bar on a terminal, a line every few seconds elsewhere.
    /// </summary>
    public async Task<T> ProgressAsync<T>(string title, string unit, Func<Pace, Task<T>> work)
    {
        var pace = new Pace(title, unit, time);
        return isLive ? await WithBarAsync(pace, work) : await WithLinesAsync(pace, work);
    }

    private static void Put(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(e);
        }
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var told ? told : UsualWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return UsualWidth;
        }
    }

    private IReadOnlyList<string> Laid(string text, string lead, int? columns) => columns is { } most
        ? WordWrap.Lines(Shown(text), Math.Max(LeastWidth, most), Shown(lead))
        : [lead + text];

    private void Tell(string line)
    {
        try
        {
            errors.WriteLine(Shown(line));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Standard error is gone or full: there is nobody left to tell, and no reason to stop.
        }
    }

    private string Shown(string text) => ConsoleText.Harmless(redaction is null ? text : redaction.Hide(text));

    private IAnsiConsole Open(TextWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isLive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isLive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isLive) console.Profile.Width = PlainWidth;
        return console;
    }

    private async Task<T> WithBarAsync<T>(Pace pace, Func<Pace, Task<T>> work)
    {
        var console = Open(errors);
        // By the console that draws the bar, which stands below it then.
        pace.Tell = text =>
        {
            foreach (var line in Laid(text, lead: "", noteWidth)) console.WriteLine(Shown(line));
        };
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 24 }, new PaceColumn(pace))
            .StartAsync(async bars =>
            {
                bars.AddTask(Markup.Escape(pace.Title), maxValue: 1);
                return await work(pace);
            });
    }

    private async Task<T> WithLinesAsync<T>(Pace pace, Func<Pace, Task<T>> work)
    {
        pace.Tell = Note;
        using var timer = time.CreateTimer(_ => Note($"{pace.Title}: {pace.Describe()}"), state: null, PlainLineEvery, PlainLineEvery);
        return await work(pace);
    }
}
