using System.Globalization;
using System.Text.Json;

namespace Plumbline.Providers.HttpTargets;

/// <summary>
/// A place in a JSON document: <c>$</c>, then <c>.name</c>, <c>['any name']</c> or <c>[0]</c> (a negative index counts from the end), as often as
/// needed. A subset of RFC 9535 that names exactly one place.
/// </summary>
internal sealed class JsonPath
{
    private readonly string _text;
    private readonly IReadOnlyList<object> _steps;

    private JsonPath(string text, IReadOnlyList<object> steps) => (_text, _steps) = (text, steps);

    /// <summary>Reads a path.</summary>
    /// <exception cref="FormatException">It is none; the message says where.</exception>
    public static JsonPath Parse(string text)
    {
        if (text.Length == 0 || text[0] != '$') throw new FormatException("a path begins with '$', such as $.choices[0].message.content");
        var steps = new List<object>();
        for (var at = 1; at < text.Length;) at = text[at] switch
        {
            '.' => Name(text, at + 1, steps),
            '[' when at + 1 < text.Length && text[at + 1] is '\'' or '"' => Quoted(text, at + 1, steps),
            '[' => Index(text, at + 1, steps),
            _ => throw Unexpected(text, at),
        };
        return new JsonPath(text, steps);
    }

    /// <summary>The value at the place; null where the document has no such place.</summary>
    public JsonElement? Find(JsonElement root)
    {
        var here = root;
        foreach (var step in _steps)
        {
            if (step is string name)
            {
                if (here.ValueKind != JsonValueKind.Object || !here.TryGetProperty(name, out here)) return null;
            }
            else
            {
                if (here.ValueKind != JsonValueKind.Array) return null;
                var index = (int)step < 0 ? here.GetArrayLength() + (int)step : (int)step;
                if (index < 0 || index >= here.GetArrayLength()) return null;
                here = here[index];
            }
        }

        return here;
    }

    /// <inheritdoc/>
    public override string ToString() => _text;

    private static int Name(string text, int start, List<object> steps)
    {
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-')) end++;
        if (end == start) throw Unexpected(text, start);
        steps.Add(text[start..end]);
        return end;
    }

    private static int Quoted(string text, int quote, List<object> steps)
    {
        var end = text.IndexOf(text[quote], quote + 1);
        if (end < 0 || end + 1 >= text.Length || text[end + 1] != ']') throw new FormatException($"the name from character {quote + 1} on has no closing quote and ']'");
        steps.Add(text[(quote + 1)..end]);
        return end + 2;
    }

    private static int Index(string text, int start, List<object> steps)
    {
        var end = text.IndexOf(']', start);
        if (end < 0 || !int.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)) throw Unexpected(text, start);
        steps.Add(index);
        return end + 1;
    }

    private static FormatException Unexpected(string text, int at) => new(
        $"at character {Math.Min(at, text.Length - 1) + 1} of '{text}' a path goes on with .name, ['name'] or [0]; filters, wildcards and '..' name more than one place");
}
