using System.Text.RegularExpressions;

namespace Plumbline.Reports.Text;

/// <summary>Finds what a page should not break over two lines as long as it fits on one: a command, of which the first half is another command, and a p-value.</summary>
internal static partial class WholeWords
{
    /// <summary>The text in order, in stretches that are to stay whole and others. Nothing is left out.</summary>
    public static IEnumerable<(string Text, bool IsWhole)> Split(string text)
    {
        var at = 0;
        foreach (Match match in Whole().Matches(text))
        {
            if (match.Index > at) yield return (text[at..match.Index], false);

            at = match.Index + match.Length;
            yield return (text[match.Index..at], true);
        }

        if (at < text.Length) yield return (text[at..], false);
    }

    // Bounded, so that no text makes it slow or a line endless.
    [GeneratedRegex(@"'plumb [^'\n]{1,120}'|\bp [<=] [0-9.e\u2212-]{1,12}(?<![.])")]
    private static partial Regex Whole();
}
