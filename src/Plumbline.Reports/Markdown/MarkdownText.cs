using System.Text;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Markdown;

/// <summary>
/// Puts text that is not ours into Markdown, where it must stay text: no HTML, link, image, mention, issue reference or table cell may come of it,
/// under CommonMark, GitHub's and GitLab's dialects alike.
/// </summary>
internal static class MarkdownText
{
    /// <summary>Stands between characters that would otherwise be read as one thing, such as a mention. It has no width.</summary>
    private const string Break = "&#8203;";

    /// <summary>
    /// A name or an excerpt as inline code, on one line: nothing in it has a meaning, mentions and references included. A vertical bar, which would end a
    /// table's cell even there, becomes a broken one.
    /// </summary>
    public static string Code(string text, int limit)
    {
        var line = VisibleText.OneLine(text, limit).Replace('|', '¦');
        if (line.Length == 0)
        {
            return "–";
        }

        var fence = new string('`', LongestRun(line) + 1);
        var padding = line.StartsWith('`') || line.EndsWith('`') ? " " : "";
        return fence + padding + line + padding + fence;
    }

    /// <summary>A sentence of ours that may hold a name which is not: every character with a meaning is escaped, on one line.</summary>
    public static string Prose(string text, int limit = 1000)
    {
        var line = VisibleText.OneLine(text, limit);
        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            var letter = line[i];
            escaped.Append(letter switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '|' => "&#124;",
                '@' => "@" + Break,
                '#' => "\\#" + Break,
                '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '!' or '~' or '$' or '^' => "\\" + letter,
                // An address is linked by itself; a line of prose never begins with one of these, but a caution after "- " might.
                ':' when i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1]) => ":" + Break,
                '.' when i > 0 && i + 1 < line.Length && char.IsLetter(line[i - 1]) && char.IsLetter(line[i + 1]) => Break + ".",
                '-' or '+' or '=' when i == 0 => "\\" + letter,
                '.' when i > 0 && line[..i].All(char.IsAsciiDigit) => "\\.",
                _ => letter.ToString(),
            });
        }

        return escaped.ToString();
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
