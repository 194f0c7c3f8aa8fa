using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Plumbline.Tables;

/// <summary>
/// Writes CSV that a spreadsheet takes for text and nothing else: a cell that begins as a formula does gets an apostrophe in front (OWASP, "CSV
/// Injection"), and one that acts on a terminal or turns the reading direction around shows that (<see cref="VisibleCell"/>). What models say is in such
/// files.
/// </summary>
public static class CsvText
{
    // The full-width forms are taken for their plain ones by some spreadsheets.
    const string FormulaStarts = "=+-@\t\r\n＝＋－＠";

    /// <summary>A cell that no spreadsheet computes.</summary>
    public static string Neutral(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return IsFormula(cell) ? "'" + cell : cell;
    }

    /// <summary>A cell as it was before <see cref="Neutral"/>.</summary>
    public static string Original(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Length > 1 && cell[0] == '\'' && IsFormula(cell[1..]) ? cell[1..] : cell;
    }

    /// <summary>Writes a header and rows.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">The rows, with a cell for each column; null is empty.</param>
    public static void Write(TextWriter writer, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in columns)
            csv.WriteField(column);
        csv.NextRecord();
        foreach (var row in rows)
        {
            foreach (var cell in row)
                csv.WriteField(Neutral(VisibleCell.Of(cell ?? "")));
            csv.NextRecord();
        }
    }

    // Spaces in front do not keep a spreadsheet from seeing a formula.
    static bool IsFormula(string cell) => cell.Length > 0 && (FormulaStarts.Contains(cell[0]) || (cell[0] == ' ' && cell.TrimStart(' ') is { Length: > 0 } rest && FormulaStarts.Contains(rest[0])));
}
