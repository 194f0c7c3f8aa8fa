using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Plumbline.Naming;

namespace Plumbline.Suites;

/// <summary>
/// A CSV file with a header. The columns "category" (or "type"), "kind", "answer" and "group" are read where they exist, unless one of them is the
/// prompt column. XSTest's "label" column, where every row is "safe" or "unsafe", gives the kind: look-alike or harmful.
/// </summary>
static class CsvSuite
{
    static readonly string[] Known = ["category", "type", "kind", "answer", "group"];

    public static (IReadOnlyList<SuiteLine> Lines, IReadOnlyList<string> Notes) Read(TextReader reader, string path, string column, PromptKind kind, bool isOfRun = false)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t"],
            BadDataFound = bad => throw new SuiteException($"{path}, line {bad.Context.Parser?.RawRow}: a quote inside an unquoted "
                + "field. Quote the field and double the quotes in it."),
        };
        using var csv = new CsvReader(reader, configuration);
        try
        {
            return Rows(csv, path, column, kind, isOfRun);
        }
        catch (CsvHelperException e)
        {
            throw new SuiteException($"{path}, line {csv.Parser.RawRow}: {FirstLine(e.Message)}", e);
        }
    }

    static (List<SuiteLine> Lines, IReadOnlyList<string> Notes) Rows(CsvReader csv, string path, string column, PromptKind kind, bool isOfRun)
    {
        if (!csv.Read() || !csv.ReadHeader())
            throw new SuiteException($"{path} is empty. A CSV suite starts with a header that names the column '{column}'.");

        var header = csv.HeaderRecord!;
        if (!header.Contains(column, StringComparer.Ordinal))
            throw new SuiteException($"{path} has no column '{column}'. Its columns are: {string.Join(", ", header)}.");

        if (header.Count(name => name == column) > 1)
            throw new SuiteException($"{path} has {header.Count(name => name == column)} columns '{column}'. Rename all but the one that holds the prompts.");

        var rows = new List<Row>();
        while (csv.Read())
        {
            // A comma in a prompt without quotes would cut the prompt there, silently.
            if (csv.Parser.Count != header.Length)
                throw new SuiteException($"{path}, line {csv.Parser.RawRow}: {csv.Parser.Count} fields, where the header has {header.Length}. "
                    + "Quote fields that hold the delimiter, and give every column a value, if only an empty one.");

            rows.Add(new Row(
                csv.Parser.RawRow,
                csv.GetField(column),
                Optional(csv, header, column, "category") ?? Optional(csv, header, column, "type"),
                Optional(csv, header, column, "kind"),
                Optional(csv, header, column, "label"),
                Optional(csv, header, column, "answer"),
                Optional(csv, header, column, "group")));
        }

        // Only where the whole column speaks XSTest's two words; in other files "label" means other things.
        var hasXsTestLabels = rows.TrueForAll(row => row.Kind is null && row.Label is "safe" or "unsafe");
        return (rows.ConvertAll(row => Prompt(row, path, column, kind, hasXsTestLabels, isOfRun)), [.. Notes(path, header, column, rows)]);
    }

    // A table may have any columns; one that looks like another's name is most likely a slip.
    static IEnumerable<string> Notes(string path, string[] header, string column, List<Row> rows)
    {
        // In tables a group has many meanings, and this one changes what every figure rests on.
        if (rows.Select(row => row.Group).Where(group => !string.IsNullOrWhiteSpace(group)).ToList() is { Count: > 0 } grouped)
        {
            var groups = grouped.Select(group => group!.Trim()).Distinct(StringComparer.Ordinal).Count();
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}: by the column 'group', {Thousands.Of(grouped.Count)} of {Thousands.Of(rows.Count)} prompts are variants of one another, in {groups} {(groups == 1 ? "group" : "groups")}, and ")
                + "statistics count groups. If it means something else, rename it.";
        }

        foreach (var name in header.Where(name => name != column && name != "label" && !Known.Contains(name, StringComparer.Ordinal)))
        {
            if (Spelling.Nearest(name, Known.Except(header, StringComparer.Ordinal)) is { } meant)
                yield return $"{path}: the column '{name}' is not read. If it was meant to be '{meant}', rename it.";
        }
    }

    static SuiteLine Prompt(Row row, string path, string column, PromptKind kind, bool hasXsTestLabels, bool isOfRun)
    {
        var where = $"{path}, line {row.Line}";
        var own = hasXsTestLabels
            ? row.Label == "safe" ? PromptKind.Lookalike : PromptKind.Harmful
            : SuiteFile.Kind(row.Kind, kind, $"{where}, column 'kind'");
        return new SuiteLine(row.Line, SuitePrompt.Create(SuiteFile.Prompt(row.Prompt, $"{where}, column "
            + $"'{column}'"), own, row.Category, row.Answer) with
        {
            // Every row has the column; one without a group has nothing in it.
            Group = isOfRun || string.IsNullOrWhiteSpace(row.Group) ? SuiteFile.GroupOfRun(row.Group) : SuiteFile.Group(row.Group, $"{where}, column 'group'"),
        });
    }

    static string? Optional(CsvReader csv, string[] header, string promptColumn, string name) =>
        name != promptColumn && header.Contains(name, StringComparer.Ordinal) ? csv.GetField(name) : null;

    static string FirstLine(string message) => message.Split('\n')[0].Trim();

    readonly record struct Row(int Line, string? Prompt, string? Category, string? Kind, string? Label, string? Answer, string? Group);
}
