using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Summaries;

/// <summary>
/// A table of results: the first column names, the others are figures (or, where it is said so, words). No figure is ever broken over two lines: where the
/// columns do not fit beside one another, each row is told in lines of its own, "column value" after "column value". Texts that are not ours are made
/// harmless by <see cref="Cell"/> before they come here.
/// </summary>
internal sealed class PlainTable
{
    /// <summary>A name may be broken at its spaces down to this width before the table is given up.</summary>
    private const int NarrowestName = 16;

    private const string Between = " · ";
    private const string Indent = "    ";
    private readonly string[] _columns;
    private readonly bool _holdsWords;
    private readonly List<string[]> _rows = [];

    private PlainTable(string[] columns, bool holdsWords) => (_columns, _holdsWords) = (columns, holdsWords);

    /// <summary>A table of figures: they stand to the right of their column.</summary>
    public static PlainTable Of(params string[] columns) => new([.. columns.Select(name => Cell(name))], holdsWords: false);

    /// <summary>A table of names and words: they stand to the left, and the first column is to be copied, so it is not broken.</summary>
    public static PlainTable OfWords(params string[] columns) => new([.. columns.Select(name => Cell(name))], holdsWords: true);

    /// <summary>A text that is not ours, as a cell holds it: in one line of at most so many characters, nothing in it hidden, and nothing that a terminal
    /// obeys.</summary>
    public static string Cell(string text, int limit = 60) => VisibleText.OneLine(text, limit);

    /// <summary>Adds a row, with a cell for each column.</summary>
    public void AddRow(params IReadOnlyList<string> cells)
    {
        if (cells.Count != _columns.Length) throw new ArgumentException($"A row of {cells.Count} cells does not fit {_columns.Length} columns.", nameof(cells));
        _rows.Add([.. cells]);
    }

    /// <summary>Adds a row of nothing, to part what stands above from what stands below.</summary>
    public void AddEmptyRow() => _rows.Add([.. _columns.Select(_ => "")]);

    /// <summary>Prints it as wide as the screen lets it.</summary>
    public void Print(Screen screen)
    {
        foreach (var line in Lines(screen.Width)) screen.Line(line);
    }

    /// <summary>The lines of the table on a screen of so many columns.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        var whole = Rendered(int.MaxValue / 16);
        var natural = whole.Max(WidthOf);
        if (natural <= width) return whole;

        var name = _rows.Select(row => row[0]).Append(_columns[0]).Max(WidthOf);
        return !_holdsWords && natural - name + NarrowestName <= width ? Rendered(width) : [.. _rows.SelectMany(row => Told(row, width))];
    }

    /// <summary>A row by itself: its name, and below it what it holds.</summary>
    private IEnumerable<string> Told(string[] row, int width)
    {
        yield return row[0].Length > 0 ? "  " + row[0] : "";

        var line = "";
        foreach (var part in row.Zip(_columns, (cell, column) => (Cell: cell, Column: column)).Skip(1).Where(one => one.Cell.Length > 0).Select(one => $"{one.Column} {one.Cell}"))
        {
            if (line.Length > 0 && WidthOf(Indent + line + Between + part) > width)
            {
                yield return Indent + line;
                line = "";
            }

            line = line.Length == 0 ? part : line + Between + part;
        }

        if (line.Length > 0) yield return Indent + line;
    }

    private List<string> Rendered(int width)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, name) in _columns.Index())
        {
            var column = new TableColumn(new Text(name)) { NoWrap = index > 0 || _holdsWords };
            table.AddColumn(index > 0 && !_holdsWords ? column.RightAligned() : column);
        }

        foreach (var row in _rows) table.AddRow(row.Select(cell => new Text(cell)));
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = width;
        console.Write(table);
        return [.. text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }

    private static int WidthOf(string text) => new Segment(text).CellCount();
}
