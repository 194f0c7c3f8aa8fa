using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Plumbline.Suites;

/// <summary>A CSV file with a header. The columns "category", "kind" and "answer" are read where they exist, unless one of them is the prompt column.</summary>
static class CsvSuite
{
    public static IReadOnlyList<SuiteLine> Read(TextReader reader, string path, string column, PromptKind kind)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            BadDataFound = bad => throw new SuiteException($"{path}, line {bad.Context.Parser?.RawRow}: a quote inside an unquoted field. Quote the field and double the quotes in it."),
        };
        using var csv = new CsvReader(reader, configuration);
        try
        {
            return Rows(csv, path, column, kind);
        }
        catch (CsvHelperException e)
        {
            throw new SuiteException($"{path}, line {csv.Parser.RawRow}: {FirstLine(e.Message)}", e);
        }
    }

    static List<SuiteLine> Rows(CsvReader csv, string path, string column, PromptKind kind)
    {
        if (!csv.Read() || !csv.ReadHeader())
            throw new SuiteException($"{path} is empty. A CSV suite starts with a header that names the column '{column}'.");

        var header = csv.HeaderRecord!;
        if (!header.Contains(column, StringComparer.Ordinal))
            throw new SuiteException($"{path} has no column '{column}'. Its columns are: {string.Join(", ", header)}.");

        var lines = new List<SuiteLine>();
        while (csv.Read())
        {
            var where = $"{path}, line {csv.Parser.RawRow}";
            lines.Add(new SuiteLine(csv.Parser.RawRow, SuitePrompt.Create(
                SuiteFile.Prompt(csv.GetField(column), $"{where}, column '{column}'"),
                SuiteFile.Kind(Optional(csv, header, column, "kind"), kind, $"{where}, column 'kind'"),
                Optional(csv, header, column, "category"),
                Optional(csv, header, column, "answer"))));
        }

        return lines;
    }

    static string? Optional(CsvReader csv, string[] header, string promptColumn, string name) =>
        name != promptColumn && header.Contains(name, StringComparer.Ordinal) ? csv.GetField(name) : null;

    static string FirstLine(string message) => message.Split('\n')[0].Trim();
}
