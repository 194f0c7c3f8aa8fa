using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>One row or object of a source file: named fields, and where it stands, for messages.</summary>
/// <param name="where">File, and line or item.</param>
/// <param name="fields">The fields; a CSV row's are texts.</param>
sealed class SourceRecord(string where, JsonObject fields)
{
    /// <summary>File, and line or item.</summary>
    public string Where => where;

    /// <summary>The names of the fields.</summary>
    public IReadOnlyList<string> Names => [.. fields.Select(named => named.Key)];

    /// <summary>The value of a field, or null.</summary>
    public JsonNode? this[string name] => fields[name];

    /// <summary>Whether there is such a field.</summary>
    public bool Has(string name) => fields.ContainsKey(name);

    /// <summary>The text of the first of these fields that there is.</summary>
    /// <exception cref="SuiteException">There is none, or it is no text, blank, or too long.</exception>
    public string Text(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.ContainsKey(name))
                return SuiteFile.Prompt(TextOrNull(name), $"{where}, column '{name}'");
        }

        throw new SuiteException($"{where}: the column '{names[0]}' is missing. It has {string.Join(", ", Names)}.");
    }

    /// <summary>The text of a field; null where there is no such field, or where it is null or blank.</summary>
    /// <exception cref="SuiteException">It is neither a text nor a number.</exception>
    public string? TextOrNull(string name)
    {
        var value = fields[name];
        var text = value?.GetValueKind() switch
        {
            null => null,
            JsonValueKind.String => value.GetValue<string>(),
            JsonValueKind.Number => value.ToJsonString(),
            _ => throw Wrong(name, "a text"),
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    /// <summary>The texts of a field that is a list, or a CSV field that holds a JSON list.</summary>
    /// <exception cref="SuiteException">It is not, or not of texts.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        var list = fields[name] is JsonValue value && value.TryGetValue<string>(out var text) ? ListIn(text) : fields[name];
        return list is JsonArray array ? Texts(array, name) : throw Wrong(name, "a list of texts");
    }

    /// <summary>The texts of a list that stands somewhere inside the field <paramref name="name"/>.</summary>
    public IReadOnlyList<string> Texts(JsonArray array, string name) =>
    [
        .. array.Select(item => item?.GetValueKind() switch
        {
            JsonValueKind.String => item.GetValue<string>(),
            JsonValueKind.Number => item.ToJsonString(),
            _ => throw Wrong(name, "a list of texts"),
        }),
    ];

    /// <summary>A whole number of a field, written as one or as a text.</summary>
    public int Number(string name) => int.TryParse(TextOrNull(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Wrong(name, "a whole number");

    /// <summary>The exception for a field that is not what it should be.</summary>
    public SuiteException Wrong(string name, string expected) => new($"{where}, column '{name}': expected {expected}, found {Named(fields[name])}.");

    /// <summary>What a JSON value is, in words.</summary>
    public static string Named(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        JsonValueKind.Number => $"the number {node.ToJsonString()}",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.String => Quoted(node.GetValue<string>()),
        _ => "nothing",
    };

    static string Quoted(string text)
    {
        const int Longest = 40;
        return string.IsNullOrWhiteSpace(text) ? "an empty text" : $"'{(text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text)}'";
    }

    static JsonNode? ListIn(string text)
    {
        try
        {
            return text.TrimStart().StartsWith('[') ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            // Not a list after all: the caller says what was expected.
            return null;
        }
    }
}
