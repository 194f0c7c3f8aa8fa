using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>Makes long texts and lists, but none beyond measure: a template from a stranger must not be able to fill the memory.</summary>
internal static class Growth
{
    private const int LongestText = 1 << 26;
    private const int LongestList = 1 << 20;

    /// <summary>Two texts, one behind the other.</summary>
    public static string Join(string left, string right, int line)
    {
        Check((long)left.Length + right.Length, line);
        return left + right;
    }

    /// <summary>Texts with another one between them.</summary>
    public static string Join(string between, IEnumerable<string> texts, int line)
    {
        var length = 0L;
        var parts = new List<string>();
        foreach (var text in texts)
        {
            Check(length += text.Length + between.Length, line);
            parts.Add(text);
        }

        return string.Join(between, parts);
    }

    /// <summary>A text many times.</summary>
    public static string Repeat(string text, long times, int line)
    {
        if (times <= 0 || text.Length == 0)
            return string.Empty;
        Check(Math.Min(times, LongestText + 1L) * text.Length, line);
        return string.Concat(Enumerable.Repeat(text, (int)times));
    }

    /// <summary>A text with each <paramref name="old"/> in it replaced.</summary>
    public static string Replace(string text, string old, string replacement, int line)
    {
        if (old.Length == 0)
            throw TemplateError.Unsupported(line, "the replacement of an empty text");
        var growth = replacement.Length > old.Length ? (long)text.AsSpan().Count(old) * (replacement.Length - old.Length) : 0;
        Check(text.Length + growth, line);
        return text.Replace(old, replacement, StringComparison.Ordinal);
    }

    /// <summary>Two lists, one behind the other.</summary>
    public static List<object?> Join(List<object?> left, List<object?> right, int line) => left.Count + right.Count <= LongestList
        ? [.. left, .. right]
        : throw TemplateError.Wrong(line, "a list grows beyond all measure");

    private static void Check(long length, int line)
    {
        if (length > LongestText)
            throw TemplateError.Wrong(line, "a text grows beyond all measure");
    }
}
