using System.Text;
using System.Text.RegularExpressions;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>
/// Turns a regular expression of Oniguruma's dialect into .NET's: possessive quantifiers (<c>X++</c>) become atomic groups
/// (<c>(?&gt;X+)</c>); POSIX classes and class intersections, which .NET would read as something else, are errors.
/// </summary>
internal static class PatternDialect
{
    /// <summary>The same expression for .NET.</summary>
    /// <exception cref="CheckpointException">It cannot be said in .NET's dialect.</exception>
    public static Regex Translate(string pattern)
    {
        if (pattern.Contains("[[:", StringComparison.Ordinal) || pattern.Contains("&&", StringComparison.Ordinal))
            throw Unsupported(pattern, "it uses POSIX classes or class intersections", cause: null);
        try
        {
            return new Regex(Possessive(pattern), RegexOptions.CultureInvariant);
        }
        catch (ArgumentException error)
        {
            throw Unsupported(pattern, error.Message, error);
        }
    }

    private static string Possessive(string pattern)
    {
        var output = new StringBuilder(pattern.Length);
        var groups = new Stack<int>();
        var atom = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    groups.Push(output.Length);
                    atom = output.Length;
                    output.Append('(');
                    break;
                case ')':
                    atom = groups.TryPop(out var open) ? open : output.Length;
                    output.Append(')');
                    break;
                case '+' or '*' or '?' when i + 1 < pattern.Length && pattern[i + 1] == '+':
                    output.Insert(atom, "(?>").Append(pattern[i++]).Append(')');
                    break;
                case '+' or '*' or '?' or '|':
                    output.Append(pattern[i]);
                    break;
                default:
                    atom = output.Length;
                    var end = AtomEnd(pattern, i);
                    output.Append(pattern, i, end - i);
                    i = end - 1;
                    break;
            }
        }

        return output.ToString();
    }

    private static int AtomEnd(string pattern, int start) => pattern[start] switch
    {
        '\\' => EscapeEnd(pattern, start),
        '[' => ClassEnd(pattern, start),
        _ => start + 1,
    };

    private static int EscapeEnd(string pattern, int start)
    {
        var named = start + 2 < pattern.Length && pattern[start + 1] is 'p' or 'P' or 'x' && pattern[start + 2] == '{';
        var close = named ? pattern.IndexOf('}', start) : -1;
        return close > 0 ? close + 1 : Math.Min(start + 2, pattern.Length);
    }

    private static int ClassEnd(string pattern, int start)
    {
        for (var i = start + 1; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == ']' && i > start + 1 && !(i == start + 2 && pattern[start + 1] == '^'))
                return i + 1;
        }

        return pattern.Length;
    }

    private static CheckpointException Unsupported(string pattern, string why, Exception? cause) =>
        new($"The tokenizer's splitting pattern '{pattern}' is not supported: {why}. Serve the model elsewhere and name it by its endpoint.", cause!);
}
