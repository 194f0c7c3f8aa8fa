using System.Text.RegularExpressions;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Sarif;

/// <summary>
/// Text for a SARIF message. Even a plain message may hold links, <c>[text](target)</c>, and placeholders, <c>{0}</c> (SARIF 2.1.0, 3.11.5 and 3.11.6): text
/// that is not ours must have neither, so a space parts what would make one.
/// </summary>
internal static partial class SarifText
{
    /// <summary>The text on one line of at most <paramref name="limit"/> characters.</summary>
    public static string OneLine(string text, int limit) =>
        Placeholder().Replace(VisibleText.OneLine(text, limit).Replace("](", "] (", StringComparison.Ordinal), "{ $1");

    [GeneratedRegex(@"\{(\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
