using System.Globalization;
using System.Text;
using Spectre.Console.Rendering;

namespace Plumbline.Cli.Screens;

/// <summary>Breaks a text between its words.</summary>
internal static class WordWrap
{
    /// <summary>Behind a longer lead than half the line a text would stand in a strip too narrow to be read.</summary>
    private const int LeadsPerLine = 2;

    /// <summary>What is longer than so many lines, or this many columns, and has no slash is no name, path or command: it is broken within itself.</summary>
    private const int LinesOfNoName = 2;

    private const int ColumnsOfNoName = 160;

    /// <summary>The indentation that a line begins with, and the dash of a list behind it.</summary>
    public static string LeadOf(string text)
    {
        var start = text.Length - text.TrimStart(' ').Length;
        return text[..(text.AsSpan(start).StartsWith("- ") ? start + 2 : start)];
    }

    /// <summary>
    /// The text, with <paramref name="lead"/> before it, in lines of at most <paramref name="width"/> columns, except where a single word is longer that somebody may want to copy. Further lines begin
    /// where the lead ends. Its own line breaks stay, and so do its spaces but for those at which it is broken.
    /// </summary>
    public static IReadOnlyList<string> Lines(string text, int width, string lead = "")
    {
        var columns = CellsOf(lead);
        var rest = new string(' ', columns > width / LeadsPerLine ? 0 : columns);
        var lines = new List<string>();
        foreach (var paragraph in text.Split('\n'))
        {
            var own = lines.Count == 0 ? lead : "";
            // A further paragraph is laid out for itself: it may be a list, or the lines of a trace.
            var behind = lines.Count == 0 ? rest : new string(' ', LeadOf(paragraph).Length);
            lines.AddRange(Broken(own, paragraph, behind, width));
        }

        return lines;
    }

    private static IEnumerable<string> Broken(string lead, string paragraph, string behind, int width)
    {
        var words = Words(paragraph).SelectMany(word => IsNoName(word, width) ? Pieces(word, Math.Max(1, width - Math.Max(CellsOf(lead), CellsOf(behind)))) : [word]).ToList();
        var line = lead + words[0];
        if (CellsOf(line) > width && CellsOf(behind) < CellsOf(lead))
        {
            yield return lead.TrimEnd(' ');
            line = behind + words[0];
        }

        var holdsWord = words[0].Length > 0;
        foreach (var word in words.Skip(1))
        {
            var longer = $"{line} {word}";
            if (holdsWord && word.Length > 0 && CellsOf(longer) > width)
            {
                yield return line.TrimEnd(' ');
                longer = behind + word;
            }

            line = longer;
            holdsWord |= word.Length > 0;
        }

        yield return line;
    }

    private static bool IsNoName(string word, int width) => CellsOf(word) > Math.Max(LinesOfNoName * width, ColumnsOfNoName) && word.IndexOfAny([' ', '/', '\\']) < 0;

    /// <summary>A word in pieces that fill a line each; no letter is taken apart.</summary>
    private static IEnumerable<string> Pieces(string word, int width)
    {
        var piece = new StringBuilder();
        var letters = StringInfo.GetTextElementEnumerator(word);
        var columns = 0;
        while (letters.MoveNext())
        {
            var cells = CellsOf(letters.GetTextElement());
            if (columns + cells > width && piece.Length > 0)
            {
                yield return piece.ToString();
                piece.Clear();
                columns = 0;
            }

            piece.Append(letters.GetTextElement());
            columns += cells;
        }

        yield return piece.ToString();
    }

    /// <summary>What stands between spaces; a comparison, such as "p &lt; 0.001", is one word to a reader, and what stands between single quotes is one to a shell
    /// that it is copied into: a command of which the first half runs is another command.</summary>
    private static List<string> Words(string paragraph)
    {
        var words = new List<string>();
        foreach (var word in Quoted(paragraph.Split(' ')))
        {
            if (words is [.., { Length: > 0 } last] && word.Length > 0 && (IsSign(word) || IsSign(last.Split(' ')[^1]))) words[^1] = $"{last} {word}";
            else words.Add(word);
        }

        return words;

        static bool IsSign(string word) => word is "=" or "<" or ">";
    }

    /// <summary>The same words, those from a quote to its end joined. A command may hold quotes of its own: 'plumb resume 'my run''.</summary>
    private static IEnumerable<string> Quoted(string[] words)
    {
        for (var place = 0; place < words.Length; place++)
        {
            var end = EndOfQuote(words, place);
            yield return string.Join(' ', words[place..(end + 1)]);
            place = end;
        }
    }

    /// <summary>The word in which the quote ends that begins in this one; this one where none does, or where it has no end.</summary>
    private static int EndOfQuote(string[] words, int start)
    {
        var open = 0;
        for (var place = start; place < words.Length; place++)
        {
            var begun = words[place].TrimStart('(');
            open += begun.Length - begun.TrimStart('\'').Length;
            if (open == 0) return start;

            var ended = begun.TrimStart('\'').TrimEnd('.', ',', ';', ':', ')', '?');
            open -= ended.Length - ended.TrimEnd('\'').Length;
            if (open <= 0) return place;
        }

        return start;
    }

    private static int CellsOf(string text) => new Segment(text).CellCount();
}
