using System.Text;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Python's methods of texts and mappings, as far as chat templates use them.</summary>
internal static class Methods
{
    /// <summary>The method of that name; null if the value has none such.</summary>
    public static Callable? Find(object? value, string name) => value switch
    {
        string text => OfText(text, name),
        TemplateMap map => OfMap(map, name),
        _ => null,
    };

    /// <summary>Python's <c>strip</c>: white space, or any of <paramref name="characters"/>.</summary>
    public static string Strip(string text, string? characters) => LeftStrip(RightStrip(text, characters), characters);

    /// <summary>First letter upper, the others lower case.</summary>
    public static string Capitalize(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    /// <summary>Each word's first letter upper, the others lower case.</summary>
    public static string Title(string text)
    {
        var title = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var inside = title.Length > 0 && char.IsLetter(title[^1]);
            title.Append(inside ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter));
        }

        return title.ToString();
    }

    /// <summary>A mapping's keys with their values.</summary>
    public static List<object?> Pairs(TemplateMap map) => [.. map.Select(item => new List<object?> { item.Key, item.Value })];

    private static Callable? OfText(string text, string name)
    {
        Func<CallArguments, object?>? method = name switch
        {
            "strip" => call => Strip(text, call.OptionalText(0, "chars")),
            "lstrip" => call => LeftStrip(text, call.OptionalText(0, "chars")),
            "rstrip" => call => RightStrip(text, call.OptionalText(0, "chars")),
            "startswith" => call => Affixes(call).Any(affix => text.StartsWith(affix, StringComparison.Ordinal)),
            "endswith" => call => Affixes(call).Any(affix => text.EndsWith(affix, StringComparison.Ordinal)),
            "split" => call => Split(text, call),
            "splitlines" => _ => Lines(text),
            "replace" => call => Growth.Replace(text, call.Text(0, "old"), call.Text(1, "new"), call.Line),
            "join" => call => Growth.Join(text, Values.Items(call.Get(0, "iterable"), call.Line).Select(Values.Text), call.Line),
            "upper" => _ => text.ToUpperInvariant(),
            "lower" => _ => text.ToLowerInvariant(),
            "capitalize" => _ => Capitalize(text),
            "title" => _ => Title(text),
            "find" => call => (long)text.IndexOf(call.Text(0, "sub"), StringComparison.Ordinal),
            "count" => call => (long)text.AsSpan().Count(call.Text(0, "sub")),
            _ => null,
        };
        return method is null ? null : new Callable(name, method);
    }

    private static Callable? OfMap(TemplateMap map, string name)
    {
        Func<CallArguments, object?>? method = name switch
        {
            "items" => _ => Pairs(map),
            "keys" => _ => map.Keys.Select(object? (key) => key).ToList(),
            "values" => _ => map.Values.ToList(),
            "get" => call => map.TryGetValue(call.Text(0, "key"), out var value) ? value : call.Get(1, "default"),
            _ => null,
        };
        return method is null ? null : new Callable(name, method);
    }

    private static IEnumerable<string> Affixes(CallArguments call) => call.Get(0, "prefix") switch
    {
        string text => [text],
        List<object?> list when list.TrueForAll(item => item is string) => list.Cast<string>(),
        _ => throw TemplateError.Wrong(call.Line, $"{call.Callee} needs a text or a tuple of texts"),
    };

    private static List<object?> Split(string text, CallArguments call)
    {
        var most = call.OptionalWhole(1, "maxsplit") is { } limit and >= 0 ? (int)Math.Min(limit + 1, int.MaxValue) : int.MaxValue;
        if (call.OptionalText(0, "sep") is { } separator)
        {
            if (separator.Length == 0)
                throw TemplateError.Wrong(call.Line, "split needs a separator that is not empty");
            return [.. text.Split(separator, most)];
        }

        if (most != int.MaxValue)
            throw TemplateError.Unsupported(call.Line, "split by white space with a limit");
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }

    private static List<object?> Lines(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList<object?>();
        if (lines is [.., ""])
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static string LeftStrip(string text, string? characters) => characters is null ? text.TrimStart() : text.TrimStart([.. characters]);

    private static string RightStrip(string text, string? characters) => characters is null ? text.TrimEnd() : text.TrimEnd([.. characters]);
}
