using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Makes long texts and lists, each paid for before it is made.</summary>
internal static class Growth
{
    /// <summary>Two texts, one behind the other.</summary>
    public static string Join(string left, string right, Budget budget, int line)
    {
        budget.Spend((long)left.Length + right.Length, line);
        return left + right;
    }

    /// <summary>Texts with another one between them.</summary>
    public static string Join(string between, IEnumerable<string> texts, Budget budget, int line)
    {
        var parts = new List<string>();
        foreach (var text in texts)
        {
            budget.Spend((long)text.Length + between.Length, line);
            parts.Add(text);
        }

        return string.Join(between, parts);
    }

    /// <summary>A text many times.</summary>
    public static string Repeat(string text, long times, Budget budget, int line)
    {
        if (times <= 0 || text.Length == 0)
            return string.Empty;
        budget.Spend(Math.Min(times, int.MaxValue) * text.Length, line);
        return string.Concat(Enumerable.Repeat(text, (int)times));
    }

    /// <summary>A text with each <paramref name="old"/> in it replaced.</summary>
    public static string Replace(string text, string old, string replacement, Budget budget, int line)
    {
        if (old.Length == 0)
            throw TemplateError.Unsupported(line, "the replacement of an empty text");
        budget.SpendSearch(text.Length, old.Length, line);
        var growth = replacement.Length > old.Length ? (long)text.AsSpan().Count(old) * (replacement.Length - old.Length) : 0;
        budget.Spend(growth, line);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>Two lists, one behind the other.</summary>
    public static List<object?> Join(List<object?> left, List<object?> right, Budget budget, int line)
    {
        budget.SpendItems((long)left.Count + right.Count, line);
        return [.. left, .. right];
    }
}
