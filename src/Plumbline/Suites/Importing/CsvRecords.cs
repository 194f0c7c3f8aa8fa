using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;

namespace Plumbline.Suites.Importing;

/// <summary>The rows of a CSV file as records.</summary>
static class CsvRecords
{
    // A character that separates nothing in any text: with it a line is one field, commas and all.
    const string NoDelimiter = "\u001f";

    /// <summary>The names in the first row.</summary>
    public static IReadOnlyList<string> Columns(string text)
    {
        using var parser = new CsvParser(new StringReader(text), Configuration(_ => { }));
        return parser.Read() ? parser.Record! : [];
    }

    /// <summary>The rows below the first, which names the columns.</summary>
    public static IReadOnlyList<SourceRecord> WithHeader(string text, string path)
    {
        var rows = Rows(text, path, Strict(path));
        var header = rows[0].Fields;
        return [.. rows.Skip(1).Select(row => Record(row.Line, row.Fields, header, path))];
    }

    /// <summary>All rows; the fields are called "1", "2" and so on.</summary>
    public static IReadOnlyList<SourceRecord> WithoutHeader(string text, string path)
    {
        var rows = Rows(text, path, Strict(path));
        var header = Enumerable.Range(1, rows[0].Fields.Length).Select(number => number.ToString(CultureInfo.InvariantCulture)).ToArray();
        return [.. rows.Select(row => Record(row.Line, row.Fields, header, path))];
    }

    /// <summary>All rows of a file of one column without a name, called "1"; a field need not be quoted for its commas or quotes.</summary>
    public static IReadOnlyList<SourceRecord> OfOneColumn(string text, string path)
    {
        var configuration = Configuration(_ => { });
        configuration.DetectDelimiter = false;
        configuration.Delimiter = NoDelimiter;
        return [.. Rows(text, path, configuration).Select(row => Record(row.Line, row.Fields, ["1"], path))];
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

    static List<(int Line, string[] Fields)> Rows(string text, string path, CsvConfiguration configuration)
    {
        var rows = new List<(int, string[])>();
        using var parser = new CsvParser(new StringReader(text), configuration);
        try
        {
            while (parser.Read())
                rows.Add((parser.RawRow, parser.Record!));
        }
        catch (CsvHelperException e)
        {
            throw new SuiteException($"{path}, line {parser.RawRow}: {e.Message.Split('\n')[0].Trim()}", e);
        }

        return rows.Count > 0 ? rows : throw new SuiteException($"{path} holds no row.");
    }

    static CsvConfiguration Strict(string path) => Configuration(line =>
        throw new SuiteException($"{path}, line {line}: a quote inside an unquoted field. Quote the field and double the quotes in it."));

    static CsvConfiguration Configuration(Action<int> onStrayQuote) => new(CultureInfo.InvariantCulture)
    {
        DetectDelimiter = true,
        DetectDelimiterValues = [",", ";", "\t"],
        BadDataFound = bad => onStrayQuote(bad.Context.Parser?.RawRow ?? 0),
    };
}
