using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Summaries;

/// <summary>
/// A table of results: the first column names, the others are figures (or, where it is said so, words). No figure is ever broken over two lines. On a narrow
/// screen the columns stand closer together, then have shorter headings and figures where there are such; where they do not fit even so, each row is told in lines
/// of its own, "column value" below "column value". Texts that are not ours are made harmless by <see cref="Cell"/> before they come here.
/// </summary>
internal sealed class PlainTable
{
    /// <summary>A name may be broken at its spaces down to this width before the table is given up.</summary>
    private const int NarrowestName = 16;

    /// <summary>What is cut from a heading is told nowhere else; that of the names may be broken as they are.</summary>
    private const int LongestName = 200;

    private const int LongestHeading = 60;
    private const string Between = " · ";
    private const string Indent = "    ";
    private readonly string[] _columns;
    private readonly bool _holdsWords;
    private string[]? _narrowColumns;
    private string? _below;
    private readonly List<string[]> _rows = [];
    private readonly List<string[]> _narrowRows = [];

    private PlainTable(string[] columns, bool holdsWords) => (_columns, _holdsWords) = (columns, holdsWords);

    /// <summary>A table of figures: they stand to the right of their column.</summary>
    public static PlainTable Of(params string[] columns) => new([.. columns.Select((name, place) => Cell(name, place == 0 ? LongestName : LongestHeading))], holdsWords: false);

    /// <summary>A table of names and words: they stand to the left, and the first column is to be copied, so it is not broken.</summary>
    public static PlainTable OfWords(params string[] columns) => new([.. columns.Select(name => Cell(name))], holdsWords: true);

    /// <summary>A text that is not ours, as a cell holds it: in one line of at most so many characters, nothing in it hidden, and nothing that a terminal
    /// obeys.</summary>
    public static string Cell(string text, int limit = 60) => VisibleText.OneLine(text, limit);

    /// <summary>Gives the columns shorter headings, for where the others do not fit. Rows may then have shorter cells (<see cref="AddRow(IReadOnlyList{string}, IReadOnlyList{string})"/>).</summary>
    /// <param name="columns">The headings.</param>
    /// <param name="below">What shorter cells leave out, in a sentence below them; null where nothing is lost with it.</param>
    public PlainTable OrNarrower(IReadOnlyList<string> columns, string? below = null)
    {
        if (columns.Count != _columns.Length) throw new ArgumentException($"{columns.Count} shorter headings do not fit {_columns.Length} columns.", nameof(columns));
        _narrowColumns = [.. columns.Select(name => Cell(name))];
        _below = below;
        return this;
    }

    /// <summary>Adds a row, with a cell for each column.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="narrower">The same with less in them, for where these do not fit under shorter headings; null for the same. Such columns may stand as close as they can.</param>
    public void AddRow(IReadOnlyList<string> cells, IReadOnlyList<string>? narrower = null)
    {
        foreach (var row in new[] { cells, narrower ?? cells })
            if (row.Count != _columns.Length) throw new ArgumentException($"A row of {row.Count} cells does not fit {_columns.Length} columns.", nameof(cells));

        _rows.Add([.. cells]);
        _narrowRows.Add(narrower is null ? _rows[^1] : [.. narrower]);
    }

    /// <summary>Adds a row of these cells.</summary>
    public void AddRow(params string[] cells) => AddRow(cells, narrower: null);

    /// <summary>Adds a row of nothing, to part what stands above from what stands below.</summary>
    public void AddEmptyRow() => AddRow([.. _columns.Select(_ => "")]);

    /// <summary>Prints it as wide as the screen lets it.</summary>
    public void Print(Screen screen)
    {
        foreach (var line in Lines(screen.Width)) screen.Whole(line);
    }

    /// <summary>The lines of the table on a screen of so many columns.</summary>
    public IReadOnlyList<string> Lines(int width)
    {
        var fitting = Fitting(_columns, _rows, Spacing.Wide, width) ?? Fitting(_columns, _rows, Spacing.Close, width) ?? Narrower(width);
        return fitting ?? WithNarrowName(_columns, width) ?? (_narrowColumns is null ? null : WithNarrowName(_narrowColumns, width)) ?? Told(width);
    }

    /// <summary>The table under shorter headings, and with less in its cells; null where there is no such, or it is too wide.</summary>
    private List<string>? Narrower(int width)
    {
        if (_narrowColumns is null) return null;

        var close = Fitting(_narrowColumns, _rows, Spacing.Close, width);
        if (close is not null || _narrowRows.SequenceEqual(_rows)) return close;

        var shorter = Fitting(_narrowColumns, _narrowRows, Spacing.Close, width) ?? Fitting(_narrowColumns, _narrowRows, Spacing.Tight, width);
        return shorter is null || _below is null ? shorter : [.. shorter, .. WordWrap.Lines(_below, width, "  ")];
    }

    /// <summary>The table as wide as it is; null where that is too wide.</summary>
    private List<string>? Fitting(string[] columns, List<string[]> rows, Spacing spacing, int width)
    {
        var lines = Rendered(columns, rows, spacing, int.MaxValue / 16);
        return lines.Max(WidthOf) <= width ? lines : null;
    }

    /// <summary>The table with its names broken at their spaces; null where it is too wide even so, and of words, whose names are to be copied.</summary>
    private List<string>? WithNarrowName(string[] columns, int width)
    {
        if (_holdsWords) return null;

        var natural = Rendered(columns, _rows, Spacing.Close, int.MaxValue / 16).Max(WidthOf);
        var names = _rows.Select(row => row[0]).Append(columns[0]).ToList();
        // A word that is longer would be broken within itself.
        var narrowest = Math.Max(NarrowestName, names.SelectMany(name => name.Split(' ')).Max(WidthOf));
        return natural - names.Max(WidthOf) + narrowest <= width ? Rendered(columns, _rows, Spacing.Close, width) : null;
    }

    /// <summary>Each row by itself: its name, and below it what it holds, each figure below that of the row before. A row with less in it than the others is laid out for itself, and so is
    /// one of words, which nobody compares with those above it.</summary>
    private IReadOnlyList<string> Told(int width)
    {
        var rows = _rows.ConvertAll(row => row.Zip(_columns, (cell, column) => cell.Length == 0 ? "" : $"{column} {cell}").Skip(1).ToList());
        var widest = Enumerable.Range(0, _columns.Length - 1).Select(column => rows.Select(row => WidthOf(row[column])).DefaultIfEmpty().Max()).ToList();
        return [.. _rows.Zip(rows).SelectMany(row => NameOf(row.First[0], width).Concat(LinesOf(row.Second, _holdsWords || row.Second.Contains("") ? row.Second.ConvertAll(WidthOf) : widest, width)))];
    }

    private static IEnumerable<string> LinesOf(List<string> row, List<int> widths, int width)
    {
        var line = "";
        foreach (var (cell, cells) in row.Zip(widths).Where(one => one.First.Length > 0))
        {
            if (line.Length > 0 && WidthOf(Indent + line + Between) + cells > width)
            {
                yield return (Indent + line).TrimEnd();
                line = "";
            }

            line += (line.Length == 0 ? "" : Between) + cell + new string(' ', cells - WidthOf(cell));
        }

        if (line.Length > 0) yield return (Indent + line).TrimEnd();
    }

    private IEnumerable<string> NameOf(string name, int width) => name.Length == 0 ? [""] : _holdsWords ? ["  " + name] : WordWrap.Lines(name, width, "  ");

    private List<string> Rendered(string[] columns, List<string[]> rows, Spacing spacing, int width)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, name) in columns.Index())
        {
            var column = new TableColumn(new Text(name)) { NoWrap = index > 0 || _holdsWords };
            if (spacing != Spacing.Wide) column.Padding(index == 0 ? 1 : 0, 0, spacing == Spacing.Close ? 1 : 0, 0);
            table.AddColumn(index > 0 && !_holdsWords ? column.RightAligned() : column);
        }

        foreach (var row in rows) table.AddRow(row.Select(cell => new Text(cell)));
        using var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(text), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Interactive = InteractionSupport.No });
        console.Profile.Width = width;
        console.Write(table);
        return [.. text.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }

    /// <summary>How far columns stand apart.</summary>
    private enum Spacing
    {
        Wide,
        Close,
        Tight,
    }

    private static int WidthOf(string text) => new Segment(text).CellCount();
}
