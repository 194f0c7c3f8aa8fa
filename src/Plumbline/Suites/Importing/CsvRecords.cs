using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace Plumbline.Suites.Importing;

/// <summary>The rows of a CSV file as records.</summary>
static class CsvRecords
{
    /// <summary>The rows below the first, which names the columns.</summary>
    public static IReadOnlyList<SourceRecord> WithHeader(string text, string path, out IReadOnlyList<string> columns)
    {
        var rows = Rows(text, path);
        var header = rows[0].Fields;
        columns = header;
        return [.. rows.Skip(1).Select(row => Record(row.Line, row.Fields, header, path))];
    }

    /// <summary>All rows; the fields are called "1", "2" and so on.</summary>
    public static IReadOnlyList<SourceRecord> WithoutHeader(string text, string path)
    {
        var rows = Rows(text, path);
        var header = Enumerable.Range(1, rows[0].Fields.Length).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        return [.. rows.Select(row => Record(row.Line, row.Fields, header, path))];
    }

    static SourceRecord Record(int line, string[] fields, string[] header, string path)
    {
        // A comma in a prompt without quotes would cut the prompt there, silently.
        if (fields.Length != header.Length)
            throw new SuiteException($"{path}, line {line}: {fields.Length} fields, where the first row has {header.Length}. Quote fields that hold a comma, and "
                + "give every column a value, if only an empty one.");

        var named = new JsonObject();
        for (var i = 0; i < header.Length; i++)
            named.TryAdd(header[i], fields[i]);
        return new SourceRecord($"{path}, line {line}", named);
    }

    static List<(int Line, string[] Fields)> Rows(string text, string path)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            BadDataFound = bad => throw new SuiteException($"{path}, line {bad.Context.Parser?.RawRow}: a quote inside an unquoted field. Quote the field and "
                + "double the quotes in it."),
        };
        var rows = new List<(int, string[])>();
        using var parser = new CsvParser(new StringReader(text), configuration);
        while (parser.Read())
            rows.Add((parser.RawRow, parser.Record!));
        return rows.Count > 0 ? rows : throw new SuiteException($"{path} holds no row.");
    }
}
