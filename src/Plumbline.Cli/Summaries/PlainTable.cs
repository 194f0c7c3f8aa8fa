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
            var column = new TableColumn(name) { NoWrap = index > 0 };
            table.AddColumn(index > 0 ? column.RightAligned() : column);
        }

        return table;
    }
}
