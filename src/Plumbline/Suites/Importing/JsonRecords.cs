using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>JSON objects, in a list or a line each, as records.</summary>
static partial class JsonRecords
{
    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether a text has an object on each of its first two lines.</summary>
    public static bool LooksLikeLines(string text)
    {
        var lines = text.Split('\n', 3, StringSplitOptions.TrimEntries);
        return lines.Length > 1 && lines.Take(2).All(line => line.StartsWith('{') && line.EndsWith('}'));
    }

    /// <summary>An object a line; blank lines are skipped.</summary>
    public static IReadOnlyList<SourceRecord> OfLines(string text, string path)
    {
        var records = new List<SourceRecord>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                records.Add(Record(OneLine(line, $"{path}, line {number}"), $"{path}, line {number}"));
        }

        return records;
    }

    /// <summary>A whole document.</summary>
    public static JsonNode? Parse(string text, string path)
    {
        try
        {
            RefuseHalves(text, path);
            return JsonNode.Parse(text, documentOptions: Strict);
        }
        catch (JsonException e)
        {
            throw new SuiteException($"{path}, line {(e.LineNumber ?? 0) + 1}, column {(e.BytePositionInLine ?? 0) + 1}: not valid JSON.", e);
        }
    }

    /// <summary>The objects of a list; none where the document is something else, or its list holds something else.</summary>
    public static IReadOnlyList<SourceRecord> OfList(JsonNode? root, string path) => root is JsonArray list && list.All(item => item is JsonObject)
        ? [.. list.Select((item, index) => new SourceRecord($"{path}, item {index + 1}", (JsonObject)item!))]
        : [];

    static JsonNode? OneLine(string line, string where)
    {
        try
        {
            RefuseHalves(line, where);
            return JsonNode.Parse(line, documentOptions: Strict);
        }
        catch (JsonException e)
        {
            throw new SuiteException($"{where}, column {(e.BytePositionInLine ?? 0) + 1}: not valid JSON. Expected one object a line.", e);
        }
    }

    // Half of a surrogate pair is valid JSON but no text, and would be found only when it is read.
    static void RefuseHalves(string text, string where)
    {
        if (HalfOfPair().Match(text) is { Success: true } half)
            throw new SuiteException($"{where}: holds half of a surrogate pair, {half.Value}, which is no text.");
    }

    [GeneratedRegex(@"(?<=(?<!\\)(?:\\\\)*)(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})")]
    private static partial Regex HalfOfPair();

    static SourceRecord Record(JsonNode? node, string where) => node is JsonObject found
        ? new SourceRecord(where, found)
        : throw new SuiteException($"{where}: expected an object, found {SourceRecord.Named(node)}.");
}
