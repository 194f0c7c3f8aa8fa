using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Labelling;

/// <summary>
/// Whether the words on a sheet are those of an answer, whatever a spreadsheet made of them on the way: line ends and blanks, straight and curly quotes,
/// dashes, an apostrophe in front of a formula, control characters shown as marks, a number in another form, letters that a code page lost. A column that
/// was sorted or pasted without the others is not among that.
/// </summary>
static partial class SheetWords
{
    const char Lost = '?';

    /// <summary>Whether both are the same words.</summary>
    /// <param name="onSheet">What the sheet holds.</param>
    /// <param name="answer">The answer in the run.</param>
    public static bool AreSame(string onSheet, string answer)
    {
        var (there, here) = (Fold(onSheet), Fold(answer));
        return there == here
            || (Number(there) is { } one && Number(here) == one)
            || (onSheet.AsSpan().ContainsAny(Lost, '\uFFFD') && Fold(WithoutLetters(onSheet)) == Fold(WithoutLetters(answer)));
    }

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Mark().Replace(text, " ").EnumerateRunes())
        {
            // Each of these may stand more than once, or have become another one.
            var plain = Plain(rune);
            if (plain is not (" " or "-") || folded.Length == 0 || folded[^1] != plain[0])
                folded.Append(plain);
        }

        return folded.ToString().Trim(' ').TrimStart('\'', ' ');
    }

    static string Plain(Rune rune) => rune.Value switch
    {
        '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u00B4' or '`' => "'",
        '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u2033' => "\"",
        '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212' => "-",
        '\u2026' => "...",
        '\uFFFD' => " ",
        _ when Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format => " ",
        _ => rune.ToString(),
    };

    static string WithoutLetters(string text) => Letters().Replace(text, "?");

    // What control characters and those that turn the reading direction around stand as in CSV.
    [GeneratedRegex(@"⟨U\+[0-9A-F]{4,6}⟩", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    // A code page that lacks a letter makes a question mark of it, and one that is read as another makes something else.
    [GeneratedRegex(@"[\u0080-\uFFFF?]+", RegexOptions.CultureInvariant)]
    private static partial Regex Letters();
}
