using System.Text.Json;
using Plumbline.Naming;

namespace Plumbline.Suites;

/// <summary>One JSON object a line: <c>{"prompt", "category"?, "kind"?, "answer"?, "group"?}</c>. Empty lines are skipped, other fields are
/// errors. The first line of an imported suite is <c>{"provenance": {…}}</c> instead.</summary>
static class JsonlSuite
{
    /// <summary>The one field of the line that says where an imported suite comes from.</summary>
    public const string ProvenanceField = "provenance";

    static readonly string[] Fields = ["prompt", "category", "kind", "answer", "group"];

    public static SuiteContent Read(TextReader reader, string path, PromptKind kind, bool isOfRun = false)
    {
        var lines = new List<SuiteLine>();
        SuiteProvenance? provenance = null;
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (number == 1 && Provenance(line, path) is { } own)
                provenance = own;
            else
                lines.Add(new SuiteLine(number, Parse(line, $"{path}, line {number}", kind, isOfRun)));
        }

        return new SuiteContent(lines, provenance, []);
    }

    static SuiteProvenance? Provenance(string line, string path)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(ProvenanceField, out var provenance)
                ? provenance.Deserialize(SuitesJsonContext.Default.SuiteProvenance)
                : null;
        }
        catch (JsonException e) when (e.Path is not null)
        {
            throw new SuiteException($"{path}, line 1, field '{ProvenanceField}': not as an import writes it ({e.Path}). Import the set again, or remove the line.", e);
        }
        catch (JsonException)
        {
            // Not JSON at all: reading it as a prompt says so, with its place.
            return null;
        }
    }

    static SuitePrompt Parse(string line, string where, PromptKind kind, bool isOfRun)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw new SuiteException($"{where}: expected an object such as {{\"prompt\": \"…\"}}, found {Named(root.ValueKind)}.");

            RefuseOtherFields(root, where);
            if (!root.TryGetProperty("prompt", out _))
                throw new SuiteException($"{where}: the field 'prompt' is missing. Expected an object such as {{\"prompt\": \"…\"}}.");

            return SuitePrompt.Create(
                SuiteFile.Prompt(Text(root, "prompt", where), $"{where}, field 'prompt'"),
                SuiteFile.Kind(Text(root, "kind", where), kind, $"{where}, field 'kind'"),
                Text(root, "category", where),
                Text(root, "answer", where)) with
            {
                Group = Group(root, where, isOfRun),
            };
        }
        catch (JsonException e)
        {
            throw new SuiteException($"{where}, column {(e.BytePositionInLine ?? 0) + 1}: not valid JSON. Expected one object a line, "
                + $"such as {{\"prompt\": \"…\"}}.", e);
        }
    }

    static void RefuseOtherFields(JsonElement root, string where)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            // A misspelt "categroy" that is silently ignored costs more than an error here.
            if (!Fields.Contains(property.Name))
                throw new SuiteException($"{where}: the field '{property.Name}' is unknown.{Spelling.Meant(property.Name, Fields)} A line has {string.Join(", ", Fields)}.");
            if (!seen.Add(property.Name))
                throw new SuiteException($"{where}: the field '{property.Name}' appears twice. Remove one of them.");
        }
    }

    // Who numbers his groups need not quote the numbers.
    static string? Group(JsonElement root, string where, bool isOfRun)
    {
        var group = root.TryGetProperty("group", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(root, "group", where);
        return isOfRun ? SuiteFile.GroupOfRun(group) : group is null ? null : SuiteFile.Group(group, $"{where}, field 'group'");
    }

    static string? Text(JsonElement root, string field, string where)
    {
        if (!root.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw new SuiteException($"{where}, field '{field}': expected a text, found {Named(value.ValueKind)}.");

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new SuiteException($"{where}, field '{field}': holds half of a surrogate pair, which is no text.", e);
        }
    }

    static string Named(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.String => "a text",
        _ => "null",
    };
}
