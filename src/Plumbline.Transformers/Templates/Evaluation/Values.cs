using System.Collections;
using System.Globalization;
using System.Text;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>
/// What Python does with values. Values are null, <see cref="Undefined"/>, bool, long, double, string, List of values, <see cref="TemplateMap"/>,
/// <see cref="Namespace"/> and <see cref="Callable"/>.
/// </summary>
internal static class Values
{
    /// <summary>Whether an <c>if</c> takes it.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or Undefined => false,
        bool flag => flag,
        long whole => whole != 0,
        double number => number != 0,
        string text => text.Length > 0,
        ICollection items => items.Count > 0,
        _ => true,
    };

    /// <summary>Python's <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) or (Undefined, Undefined) => true,
        (string a, string b) => a == b,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => AreEqual(pair.First, pair.Second)),
        (TemplateMap a, TemplateMap b) => a.Count == b.Count && a.All(item => b.TryGetValue(item.Key, out var other) && AreEqual(item.Value, other)),
        _ when Number(left) is { } a && Number(right) is { } b => a.Equals(b),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>Python's order of two numbers or two texts.</summary>
    public static int Compare(object? left, object? right, int line) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        _ when Number(left) is { } a && Number(right) is { } b => a.CompareTo(b),
        _ => throw TemplateError.Wrong(line, $"{Kind(left)} and {Kind(right)} have no order"),
    };

    /// <summary>Python's <c>in</c>.</summary>
    public static bool Contains(object? container, object? item, int line) => container switch
    {
        string text => item is string part ? text.Contains(part, StringComparison.Ordinal) : throw TemplateError.Wrong(line, $"{Kind(item)} cannot be in a text"),
        List<object?> list => list.Exists(other => AreEqual(other, item)),
        TemplateMap map => item is string key && map.ContainsKey(key),
        _ => throw TemplateError.Wrong(line, $"nothing can be in {Kind(container)}"),
    };

    /// <summary>The items that a loop sees.</summary>
    public static List<object?> Items(object? value, int line) => value switch
    {
        List<object?> list => list,
        TemplateMap map => [.. map.Keys],
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        Undefined => [],
        _ => throw TemplateError.Wrong(line, $"{Kind(value)} cannot be looped over"),
    };

    /// <summary>Items, characters or keys.</summary>
    public static long Length(object? value, int line) => value switch
    {
        string text => text.EnumerateRunes().Count(),
        ICollection items => items.Count,
        Undefined => 0,
        _ => throw TemplateError.Wrong(line, $"{Kind(value)} has no length"),
    };

    /// <summary>As it is printed.</summary>
    public static string Text(object? value) => value switch
    {
        string text => text,
        Undefined => string.Empty,
        _ => Written(value),
    };

    /// <summary>As Python's <c>repr</c> writes it.</summary>
    public static string Written(object? value) => value switch
    {
        null => "None",
        true => "True",
        false => "False",
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => Float(number),
        string text => Quoted(text),
        List<object?> list => $"[{string.Join(", ", list.Select(Written))}]",
        TemplateMap map => $"{{{string.Join(", ", map.Select(item => $"{Quoted(item.Key)}: {Written(item.Value)}"))}}}",
        _ => $"<{Kind(value)}>",
    };

    /// <summary>What a value is, for messages.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "none",
        Undefined undefined => $"'{undefined.Name}', which is undefined,",
        bool => "a truth value",
        long or double => "a number",
        string => "a text",
        List<object?> => "a list",
        TemplateMap => "a mapping",
        Namespace => "a namespace",
        Callable callable => $"the function {callable.Name}",
        _ => "a value",
    };

    /// <summary>A truth value or number as a number.</summary>
    public static double? Number(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        long whole => whole,
        double number => number,
        _ => null,
    };

    /// <summary>A number as Python and JSON write it: 1.0, not 1.</summary>
    public static string Float(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E', 'N') || text.Contains('∞', StringComparison.Ordinal) ? text.Replace("E", "e", StringComparison.Ordinal) : text + ".0";
    }

    private static string Quoted(string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var written = new StringBuilder().Append(quote);
        foreach (var letter in text)
        {
            written.Append(letter switch
            {
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when letter == quote => $"\\{letter}",
                _ => letter.ToString(),
            });
        }

        return written.Append(quote).ToString();
    }
}
