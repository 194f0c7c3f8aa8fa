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
    public static bool AreEqual(object? left, object? right, Budget budget, int line)
    {
        budget.Enter(line);
        var equal = (left, right) switch
        {
            (null, null) or (Undefined, Undefined) => true,
            (string a, string b) => AreEqual(a, b, budget, line),
            (List<object?> a, List<object?> b) => AreEqual(a, b, budget, line),
            (TemplateMap a, TemplateMap b) => AreEqual(a, b, budget, line),
            _ when Number(left) is { } a && Number(right) is { } b => a.Equals(b),
            _ => ReferenceEquals(left, right),
        };
        budget.Leave();
        return equal;
    }

    /// <summary>Python's order of two numbers or two texts.</summary>
    public static int Compare(object? left, object? right, Budget budget, int line) => (left, right) switch
    {
        (string a, string b) => Compare(a, b, budget, line),
        _ when Number(left) is { } a && Number(right) is { } b => a.CompareTo(b),
        _ => throw TemplateError.Wrong(line, $"{Kind(left)} and {Kind(right)} have no order"),
    };

    /// <summary>Python's <c>in</c>.</summary>
    public static bool Contains(object? container, object? item, Budget budget, int line) => container switch
    {
        string text => item is string part ? Contains(text, part, budget, line) : throw TemplateError.Wrong(line, $"{Kind(item)} cannot be in a text"),
        List<object?> list => list.Exists(other => AreEqual(other, item, budget, line)),
        TemplateMap map => item is string key && map.ContainsKey(key),
        _ => throw TemplateError.Wrong(line, $"nothing can be in {Kind(container)}"),
    };

    /// <summary>The items that a loop sees.</summary>
    public static List<object?> Items(object? value, Budget budget, int line) => value switch
    {
        List<object?> list => list,
        TemplateMap map => [.. map.Keys],
        string text => Letters(text, budget, line),
        Undefined => [],
        _ => throw TemplateError.Wrong(line, $"{Kind(value)} cannot be looped over"),
    };

    /// <summary>Items, characters or keys.</summary>
    public static long Length(object? value, Budget budget, int line) => value switch
    {
        string text => Length(text, budget, line),
        ICollection items => items.Count,
        Undefined => 0,
        _ => throw TemplateError.Wrong(line, $"{Kind(value)} has no length"),
    };

    /// <summary>A text's characters, as Python counts them.</summary>
    public static Rune[] Runes(string text, Budget budget, int line)
    {
        budget.Spend(2L * text.Length, line);
        return [.. text.EnumerateRunes()];
    }

    /// <summary>As it is printed.</summary>
    public static string Text(object? value, Budget budget, int line) => value switch
    {
        string text => text,
        Undefined => string.Empty,
        _ => Written.Of(value, budget, line),
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

    private static int Compare(string left, string right, Budget budget, int line)
    {
        budget.Spend(Math.Min(left.Length, right.Length), line);
        return string.CompareOrdinal(left, right);
    }

    private static List<object?> Letters(string text, Budget budget, int line)
    {
        budget.SpendItems(text.Length, line);
        return [.. text.EnumerateRunes().Select(rune => rune.ToString())];
    }

    private static long Length(string text, Budget budget, int line)
    {
        budget.Spend(text.Length, line);
        return text.EnumerateRunes().Count();
    }

    private static bool Contains(string text, string part, Budget budget, int line)
    {
        budget.SpendSearch(text.Length, part.Length, line);
        return text.Contains(part, StringComparison.Ordinal);
    }

    private static bool AreEqual(string left, string right, Budget budget, int line)
    {
        if (left.Length != right.Length)
            return false;
        budget.Spend(left.Length, line);
        return left == right;
    }

    private static bool AreEqual(List<object?> left, List<object?> right, Budget budget, int line)
    {
        if (left.Count != right.Count)
            return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!AreEqual(left[i], right[i], budget, line))
                return false;
        }

        return true;
    }

    private static bool AreEqual(TemplateMap left, TemplateMap right, Budget budget, int line)
    {
        if (left.Count != right.Count)
            return false;
        foreach (var (name, value) in left)
        {
            if (!right.TryGetValue(name, out var other) || !AreEqual(value, other, budget, line))
                return false;
        }

        return true;
    }
}
