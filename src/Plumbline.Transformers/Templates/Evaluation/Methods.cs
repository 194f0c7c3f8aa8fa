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

    /// <summary>Python's <c>strip</c>: white space, or any of the characters of the argument.</summary>
    public static string Strip(string text, CallArguments call) => LeftStrip(RightStrip(text, call), call);

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
            "strip" => call => Strip(text, call),
            "lstrip" => call => LeftStrip(text, call),
            "rstrip" => call => RightStrip(text, call),
            "startswith" => call => Affixes(call).Any(affix => text.StartsWith(affix, StringComparison.Ordinal)),
            "endswith" => call => Affixes(call).Any(affix => text.EndsWith(affix, StringComparison.Ordinal)),
            "split" => call => Split(text, call),
            "splitlines" => call => Lines(text, call),
            "replace" => call => Growth.Replace(text, call.Text(0, "old"), call.Text(1, "new"), call.Budget, call.Line),
            "join" => call => Join(text, call),
            "upper" => _ => text.ToUpperInvariant(),
            "lower" => _ => text.ToLowerInvariant(),
            "capitalize" => _ => Capitalize(text),
            "title" => _ => Title(text),
            "find" => call => (long)text.IndexOf(Sought(text, "sub", call), StringComparison.Ordinal),
            "count" => call => (long)text.AsSpan().Count(Sought(text, "sub", call)),
            _ => null,
        };
        return Paid(text, name, method);
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
        return Paid(map, name, method);
    }

    private static Callable? Paid(object value, string name, Func<CallArguments, object?>? method) => method is null ? null : new Callable(name, call =>
    {
        call.Budget.SpendOn(value, call.Line);
        return method(call);
    });

    private static string Join(string between, CallArguments call)
    {
        var items = Values.Items(call.Get(0, "iterable"), call.Budget, call.Line);
        return Growth.Join(between, items.Select(item => Values.Text(item, call.Budget, call.Line)), call.Budget, call.Line);
    }

    private static string Sought(string text, string argument, CallArguments call)
    {
        var sought = call.Text(0, argument);
        call.Budget.SpendSearch(text.Length, sought.Length, call.Line);
        return sought;
    }

    private static IEnumerable<string> Affixes(CallArguments call) => call.Get(0, "prefix") switch
    {
        string text => [text],
        List<object?> list when list.TrueForAll(item => item is string) => Texts(list, call),
        _ => throw TemplateError.Wrong(call.Line, $"{call.Callee} needs a text or a tuple of texts"),
    };

    private static IEnumerable<string> Texts(List<object?> list, CallArguments call)
    {
        call.Budget.SpendItems(list.Count, call.Line);
        return list.Cast<string>();
    }

    private static List<object?> Split(string text, CallArguments call)
    {
        var most = call.OptionalWhole(1, "maxsplit") is { } limit and >= 0 ? (int)Math.Min(limit + 1, int.MaxValue) : int.MaxValue;
        if (call.OptionalText(0, "sep") is { } separator)
        {
            if (separator.Length == 0)
                throw TemplateError.Wrong(call.Line, "split needs a separator that is not empty");
            call.Budget.SpendSearch(text.Length, separator.Length, call.Line);
            call.Budget.SpendItems(text.AsSpan().Count(separator), call.Line);
            return [.. text.Split(separator, most)];
        }

        if (most != int.MaxValue)
            throw TemplateError.Unsupported(call.Line, "split by white space with a limit");
        call.Budget.SpendItems(text.Count(char.IsWhiteSpace), call.Line);
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }

    private static List<object?> Lines(string text, CallArguments call)
    {
        call.Budget.SpendItems(text.Count(char.IsWhiteSpace), call.Line);
        var lines = text.ReplaceLineEndings("\n").Split('\n').ToList<object?>();
        if (lines is [.., ""])
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private static string LeftStrip(string text, CallArguments call) => Characters(text, call) is { } characters ? text.TrimStart(characters) : text.TrimStart();

    private static string RightStrip(string text, CallArguments call) => Characters(text, call) is { } characters ? text.TrimEnd(characters) : text.TrimEnd();

    // Each letter of the text is compared with each of them.
    private static char[]? Characters(string text, CallArguments call)
    {
        if (call.OptionalText(0, "chars") is not { } characters)
            return null;
        call.Budget.Spend((long)text.Length * characters.Length, call.Line);
        return characters.ToCharArray();
    }
}
