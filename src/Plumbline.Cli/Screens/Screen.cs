using System.Globalization;
using Spectre.Console;

namespace Plumbline.Cli.Screens;

/// <summary>
/// Where the program prints. Results go to standard output; progress and problems go to standard error, so that a pipe carries results
/// only. Bars and colours only where both are a terminal; NO_COLOR is honoured. Whatever comes here may quote a model, a file or a server:
/// nothing that a terminal would obey gets through.
/// </summary>
internal sealed class Screen(TextWriter output, TextWriter errors, bool isLive, TimeProvider time, TextReader? input = null, Redaction? redaction = null, int? width = null)
{
    private static readonly TimeSpan PlainLineEvery = TimeSpan.FromSeconds(5);
    private const int PlainWidth = 160;

    /// <summary>Narrower than this nothing can be laid out.</summary>
    private const int LeastWidth = 40;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>How many columns there are to lay out a table in: the terminal's; elsewhere what COLUMNS says, or else plenty.</summary>
    public int Width => Math.Max(LeastWidth, width ?? (isLive ? Open(output).Profile.Width : PlainWidth));

    /// <summary>The screen of this process.</summary>
    /// <param name="redaction">Takes secrets out.</param>
    /// <param name="columns">The variable COLUMNS: how wide what is no terminal is to be taken for; null where it is not set.</param>
    public static Screen OfProcess(Redaction redaction, string? columns)
    {
        var isLive = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        int? width = !isLive && int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : null;
        return new Screen(Console.Out, Console.Error, isLive, TimeProvider.System, Console.In, redaction, width);
    }

    /// <summary>Prints a line of results.</summary>
    public void Line(string text = "") => Put(() => output.WriteLine(Shown(text)));

    /// <summary>Prints a piece of a line of results, at once.</summary>
    public void Write(string piece) => Put(() =>
    {
        output.Write(Shown(piece));
        output.Flush();
    });

    /// <summary>Asks a question that is answered with y; false where nobody can answer, and for every other answer.</summary>
    public bool Asks(string question)
    {
        errors.Write(Shown(question));
        return input?.ReadLine() is { } answer && answer.Trim().Equals("y", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Prints a sentence of results, with <paramref name="lead"/> before it. On a terminal it is broken between words, and what follows stands below its
    /// beginning; elsewhere it stays one line, for whoever reads lines.
    /// </summary>
    public void Sentence(string text, string lead = "")
    {
        var first = lead;
        foreach (var line in isLive || width is not null ? WordWrap.Lines(Shown(text), Width - lead.Length) : [text])
        {
            Line(first + line);
            first = new string(' ', lead.Length);
        }
    }

    /// <summary>Prints a line beside the results: what goes on.</summary>
    public void Note(string text) => Tell(Shown(text));

    /// <summary>Prints what went wrong and what to do.</summary>
    public void Problem(string sentence) => Tell("plumb: " + Shown(sentence));

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

    private void Tell(string line)
    {
        try
        {
            errors.WriteLine(line);
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

    private async Task<T> WithBarAsync<T>(Pace pace, Func<Pace, Task<T>> work) =>
        await Open(errors).Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = 24 }, new PaceColumn(pace))
            .StartAsync(async bars =>
            {
                bars.AddTask(Markup.Escape(pace.Title), maxValue: 1);
                return await work(pace);
            });

    private async Task<T> WithLinesAsync<T>(Pace pace, Func<Pace, Task<T>> work)
    {
        using var timer = time.CreateTimer(_ => Note($"{pace.Title}: {pace.Describe()}"), state: null, PlainLineEvery, PlainLineEvery);
        return await work(pace);
    }
}
