using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Plumbline.Files;
using Plumbline.Judges.Labels;
using Plumbline.Naming;
using Plumbline.Tables;

namespace Plumbline.Labelling;

/// <summary>
/// The rows of a sheet that people have filled in, whatever a spreadsheet made of it on the way: UTF-8 or UTF-16 with a byte order mark, commas,
/// semicolons or tabs, a line <c>sep=;</c> in front, any line end, columns moved, taken away or added, their names in other letters. What can be
/// read in two ways is refused.
/// </summary>
static class LabelRows
{
    const string SeparatorLine = "sep=";
    const char Undecodable = '\uFFFD';

    static readonly string[] Separators = [",", ";", "\t"];

    /// <summary>The rows, with their cells by the column's name as it was exported.</summary>
    /// <exception cref="LabelException">The file cannot be read, or is no such sheet; with file, line and column.</exception>
    public static IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => OfCsv(path, TextOf(path)),
        ".jsonl" => OfJson(path, TextOf(path)),
        _ => throw new LabelException($"'{path}' ends in neither .csv nor .jsonl."),
    };

    static string TextOf(string path)
    {
        FileKind.RequireFile(path);
        try
        {
            // A byte order mark says how the file is to be read; without one it is UTF-8.
            var text = File.ReadAllText(path);
            return !text.Contains('\0', StringComparison.Ordinal)
                ? text
                : throw new LabelException($"{path} is no UTF-8 text: it looks like UTF-16 without a byte order mark. Save it as 'CSV UTF-8'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabelException($"{path} cannot be read: {e.Message}", e);
        }
    }

    static IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> OfCsv(string path, string text)
    {
        var stated = StatedSeparator(text);
        var (separator, header, line) = (stated is null ? Separators : [stated])
            .Select(separator => Header(text, separator, isSecond: stated is not null))
            .MaxBy(header => header.Names.Count(IsKnown));
        if (!header.Any(name => Known(name) == LabelSheet.IdColumn))
            throw new LabelException($"{path}, line {line}: the column '{LabelSheet.IdColumn}' is missing: it says which answer is meant. Expected the columns {string.Join(", ", LabelSheet.Columns)}.");

        var columns = ColumnsOf($"{path}, line {line}", header);
        using var csv = Reader(text, separator);
        // What stands in front of the rows: the separator's line, and the header.
        for (var before = stated is null ? 1 : 2; before > 0; before--)
            csv.Read();
        while (csv.Read())
        {
            var where = $"{path}, line {csv.Parser.RawRow}";
            var cells = columns.ToDictionary(column => column.Key, column => CsvText.Original(csv.GetField(column.Value) ?? ""), StringComparer.Ordinal);
            yield return (where, Decoded(where, cells));
        }
    }

    static IEnumerable<(string Where, IReadOnlyDictionary<string, string> Cells)> OfJson(string path, string text)
    {
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;

            var where = $"{path}, line {index + 1}";
            JsonObject? row;
            try
            {
                row = JsonNode.Parse(line, nodeOptions: null, new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject;
            }
            catch (JsonException e)
            {
                throw new LabelException($"{where}: this is no JSON: {e.Message}", e);
            }

            if (row is null)
                throw new LabelException($"{where}: expected an object with {string.Join(", ", LabelSheet.Columns)}.");

            var values = row.ToList();
            var columns = ColumnsOf(where, [.. values.Select(cell => cell.Key)]);
            yield return (where, Decoded(where, columns.ToDictionary(column => column.Key, column => values[column.Value].Value?.ToString() ?? "", StringComparer.Ordinal)));
        }
    }

    // Excel writes and reads this line where the separator is not the machine's own.
    static string? StatedSeparator(string text)
    {
        var first = text[..(text.IndexOfAny(['\r', '\n']) is >= 0 and var end ? end : text.Length)].Trim().Trim('"');
        return first.StartsWith(SeparatorLine, StringComparison.OrdinalIgnoreCase) && first.Length == SeparatorLine.Length + 1 ? first[^1..] : null;
    }

    static (string Separator, IReadOnlyList<string> Names, int Line) Header(string text, string separator, bool isSecond)
    {
        using var csv = Reader(text, separator);
        if (isSecond)
            csv.Read();
        return csv.Read() ? (separator, csv.Parser.Record ?? [], csv.Parser.RawRow) : (separator, [], 1);
    }

    static CsvReader Reader(string text, string separator) =>
        new(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator, BadDataFound = null, MissingFieldFound = null });

    static bool IsKnown(string name) => LabelSheet.Columns.Contains(Known(name), StringComparer.Ordinal);

    static string Known(string name) => name.Trim().ToLowerInvariant();

    // Which place each column of a sheet has. A criterion's column may be taken away where nobody judged it, and others may be added; where both
    // happened, a column may have been renamed, and its labels would be lost without a word.
    static Dictionary<string, int> ColumnsOf(string where, IReadOnlyList<string> names)
    {
        var known = names.Index().Where(name => IsKnown(name.Item)).ToLookup(name => Known(name.Item), name => name.Index, StringComparer.Ordinal);
        if (known.FirstOrDefault(places => places.Skip(1).Any()) is { } twice)
            throw new LabelException($"{where}: the column '{twice.Key}' is there {twice.Count()} times. Keep one.");

        var strangers = names.Where(name => name.Trim().Length > 0 && !IsKnown(name)).ToList();
        var missing = LabelSheet.CriterionColumns.Where(column => !known.Contains(column)).ToList();
        if (missing.Count > 0 && strangers.Count > 0)
        {
            var (column, stranger) = missing.Select(column => (column, Spelling.Nearest(column, strangers))).FirstOrDefault(pair => pair.Item2 is not null, (missing[0], strangers[0]));
            throw new LabelException($"{where}: the column '{column}' is missing, and '{Shown(stranger!)}' is none of a sheet's. Was it renamed? Give it its name back; where nobody judged {column}, take "
                + $"'{Shown(stranger!)}' out of the sheet.");
        }

        return known.ToDictionary(places => places.Key, places => places.Single(), StringComparer.Ordinal);
    }

    // Prompts and answers are not taken from the sheet, so letters that a code page lost do not matter; a person's note is.
    static Dictionary<string, string> Decoded(string where, Dictionary<string, string> cells) =>
        cells.GetValueOrDefault(LabelSheet.NoteColumn, "").Contains(Undecodable, StringComparison.Ordinal)
            ? throw new LabelException($"{where}: the {LabelSheet.NoteColumn} holds letters that are no UTF-8. Save the sheet as 'CSV UTF-8'.")
            : cells;

    static string Shown(string name) => name.Length > 40 ? name[..40] + "…" : name;
}
