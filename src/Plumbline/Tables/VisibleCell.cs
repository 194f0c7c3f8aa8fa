using System.Globalization;
using System.Text;

namespace Plumbline.Tables;

/// <summary>
/// A cell without what acts on whoever looks at it: what models say may hold terminal sequences, bells, and characters that turn the reading direction around.
/// Each is replaced by a mark that names it, such as <c>⟨U+202E⟩</c>. Line breaks and tabs stay, and so do letters of no width that scripts and emoji need.
/// </summary>
static class VisibleCell
{
    const int NonJoiner = 0x200C;
    const int Joiner = 0x200D;

    /// <summary>The text with marks.</summary>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            return text;

        var visible = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                // Half of a character: no file in UTF-8 can hold it.
                Mark(visible, text[at++]);
                continue;
            }

            // Two characters end a line in texts from Windows.
            if (Acts(rune) && !(rune.Value == '\r' && at + 1 < text.Length && text[at + 1] == '\n'))
                Mark(visible, rune.Value);
            else
                visible.Append(text, at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
        }

        return visible.ToString();
    }

    static void Mark(StringBuilder visible, int code) => visible.Append("⟨U+").Append(code.ToString("X4", CultureInfo.InvariantCulture)).Append('⟩');

    static bool Acts(Rune rune) => rune.Value is not ('\n' or '\t' or NonJoiner or Joiner)
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
