using Plumbline.Reports.Text;
using Spectre.Console;

namespace Plumbline.Cli.Summaries;

/// <summary>A table of results: the first column names, the others are figures.</summary>
internal static class PlainTable
{
    public static Table Of(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var (index, name) in columns.Index())
        {
            var column = new TableColumn(Cell(name)) { NoWrap = index > 0 };
            table.AddColumn(index > 0 ? column.RightAligned() : column);
        }

        return table;
    }

    /// <summary>A text that is not ours, as a cell holds it: in one line, nothing in it hidden, and nothing that a terminal or the table's markup obeys.</summary>
    public static string Cell(string text) => Markup.Escape(VisibleText.OneLine(text, 60));
}
