using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Reports.Text;

/// <summary>
/// Makes text from a model safe to look at. What a model writes is hostile input: it may carry terminal sequences, characters that
/// turn the reading direction around, or letters of no width that hide a message. Terminal sequences are taken out; every other
/// character that a reader could not see is replaced by a mark that names it. Line breaks and tabs stay.
/// </summary>
/// <remarks>This is not HTML encoding: a renderer still writes each segment as a text node.</remarks>
public static class VisibleText
{
    /// <summary>Characters that hide nothing: most texts are made of them alone, and need no closer look.</summary>
    private static readonly SearchValues<char> Ordinary = SearchValues.Create("\t\n" + string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)));

    private const string TerminalSequence = "terminal sequence, taken out";

    /// <summary>Splits a text into plain stretches and marks, in order. A lone surrogate becomes a mark, too.</summary>
    public static IReadOnlyList<TextSegment> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Ordinary))
        {
            return text.Length == 0 ? [] : [new TextSegment(text, null)];
        }

        var segments = new List<TextSegment>();
        var plain = new StringBuilder();

        var at = 0;
        while (at < text.Length)
        {
            if (SequenceLength(text, at) is var length and > 0)
            {
                Mark("ESC", TerminalSequence);
                at += length;
                continue;
            }

            if (text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n')
            {
                at++;
                continue;
            }

            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                Mark(CodePoint(text[at]), "half of a character");
                at++;
                continue;
            }

            if (Meaning(rune) is { } meaning && !JoinsEmoji(text, at, rune))
            {
                Mark(CodePoint(rune.Value), meaning);
            }
            else
            {
                plain.Append(text, at, rune.Utf16SequenceLength);
            }

            at += rune.Utf16SequenceLength;
        }

        Flush();
        return segments;

        void Mark(string code, string meaning)
        {
            Flush();
            segments.Add(new TextSegment(code, meaning));
        }

        void Flush()
        {
            if (plain.Length > 0)
            {
                segments.Add(new TextSegment(plain.ToString(), null));
                plain.Clear();
            }
        }
    }

    /// <summary>The same as one string for places without markup, such as an attribute or a console: marks are written as <c>⟨U+202E⟩</c>.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text?.Length ?? 0);
        foreach (var segment in Split(text ?? ""))
        {
            if (!segment.IsMark)
            {
                plain.Append(segment.Text);
            }
            else if (segment.Meaning != TerminalSequence)
            {
                plain.Append('⟨').Append(segment.Text).Append('⟩');
            }
        }

        return plain.ToString();
    }

    /// <summary>One line of at most <paramref name="limit"/> characters: <see cref="Plain"/> with white space folded and an ellipsis where it was cut.</summary>
    public static string OneLine(string text, int limit)
    {
        var line = string.Join(' ', Plain(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= limit)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[limit - 1]) ? limit - 1 : limit;
        return string.Concat(line.AsSpan(0, end).TrimEnd(), "…");
    }

    /// <summary>The length of the terminal control sequence (ECMA-48) that begins here, or 0. One that never ends reaches to the line's end.</summary>
    private static int SequenceLength(string text, int at)
    {
        var introducer = text[at] switch
        {
            '\u001b' when at + 1 < text.Length => text[at + 1],
            '\u001b' => '\0',
            >= '\u0080' and <= '\u009f' => (char)(text[at] - 0x40),
            _ => ' ',
        };
        if (introducer == ' ')
        {
            return 0;
        }

        var start = at + (text[at] == '\u001b' ? 2 : 1);
        return introducer switch
        {
            '[' => ControlSequenceEnd(text, start) - at,
            ']' or 'P' or 'X' or '^' or '_' => ControlStringEnd(text, start) - at,
            // A bare C1 control is an invisible character like any other: it gets its own mark.
            _ when text[at] != '\u001b' => 0,
            >= '\u0020' and <= '\u007e' => Math.Min(start, text.Length) - at,
            _ => 1,
        };
    }

    private static int ControlSequenceEnd(string text, int at)
    {
        while (at < text.Length && text[at] is >= '\u0020' and <= '\u003f')
        {
            at++;
        }

        return at < text.Length && text[at] is >= '\u0040' and <= '\u007e' ? at + 1 : at;
    }

    private static int ControlStringEnd(string text, int at)
    {
        for (; at < text.Length && text[at] is not ('\n' or '\r'); at++)
        {
            switch (text[at])
            {
                case '\u0007' or '\u009c':
                    return at + 1;
                case '\u001b' when at + 1 < text.Length && text[at + 1] == '\\':
                    return at + 2;
            }
        }

        return at;
    }

    /// <summary>What an invisible character is, in words; null for one that can be seen.</summary>
    private static string? Meaning(Rune rune) => rune.Value switch
    {
        '\n' or '\t' => null,
        < 0x20 or (>= 0x7f and <= 0x9f) => "control character",
        0x202a or 0x202b or 0x202d or 0x202e or 0x202c => "direction override",
        >= 0x2066 and <= 0x2069 => "direction isolate",
        0x200e or 0x200f or 0x061c => "direction mark",
        0x200b or 0x200c or 0x200d or 0x2060 or 0xfeff or 0x034f or 0x180e => "character of no width",
        0x00ad => "soft hyphen",
        0x115f or 0x1160 or 0x3164 or 0xffa0 => "invisible filler",
        0x2028 or 0x2029 => "line or paragraph separator",
        >= 0xfe00 and <= 0xfe0d => "variation selector",
        >= 0xe0100 and <= 0xe01ef => "variation selector",
        >= 0xe0000 and <= 0xe007f => "invisible tag letter",
        _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format => "invisible format character",
        _ => null,
    };

    /// <summary>A zero-width joiner between two pictographs draws one emoji and hides nothing.</summary>
    private static bool JoinsEmoji(string text, int at, Rune rune)
    {
        const int joiner = 0x200d;
        return rune.Value == joiner
            && at > 0
            && at + 1 < text.Length
            && IsPictograph(RuneBefore(text, at))
            && Rune.TryGetRuneAt(text, at + 1, out var next)
            && IsPictograph(next);
    }

    private static Rune RuneBefore(string text, int at)
    {
        var start = at >= 2 && char.IsSurrogatePair(text[at - 2], text[at - 1]) ? at - 2 : at - 1;
        return Rune.TryGetRuneAt(text, start, out var rune) ? rune : Rune.ReplacementChar;
    }

    private static bool IsPictograph(Rune rune) =>
        rune.Value is 0xfe0f or (>= 0x1f3fb and <= 0x1f3ff)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    private static string CodePoint(int value) => $"U+{value:X4}";
}
