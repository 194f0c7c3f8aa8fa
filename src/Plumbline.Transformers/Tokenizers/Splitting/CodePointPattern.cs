using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Transformers.Tokenizers.Splitting;

/// <summary>
/// A regular expression over code points. .NET's see UTF-16 units, so that an astral letter (𝒜, 𐍈, 😀) would be two surrogates
/// of no class: each is replaced by one stand-in of its own general category before matching, and the places are mapped back.
/// </summary>
internal sealed class CodePointPattern
{
    private static readonly SearchValues<char> Surrogates = SearchValues.Create([.. Enumerable.Range(0xD800, 0x800).Select(code => (char)code)]);

    private readonly Regex regex;

    private CodePointPattern(Regex regex) => this.regex = regex;

    /// <summary>The pattern, in the dialect of <c>tokenizer.json</c> (Oniguruma), or a literal text.</summary>
    /// <exception cref="Checkpoints.CheckpointException">It uses what .NET's regular expressions do not have.</exception>
    public static CodePointPattern Of(string pattern, bool literal) =>
        new(literal ? new Regex(Regex.Escape(pattern), RegexOptions.CultureInvariant) : KnownPatterns.Find(pattern) ?? PatternDialect.Translate(pattern));

    /// <summary>All matches, leftmost first, in UTF-16 units of <paramref name="text"/>.</summary>
    public List<(int Start, int End)> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<(int, int)>();
        if (text.IndexOfAny(Surrogates) < 0)
        {
            foreach (var match in regex.EnumerateMatches(text))
                matches.Add((match.Index, match.Index + match.Length));
            return matches;
        }

        var (standIn, places) = StandIn(text);
        foreach (var match in regex.EnumerateMatches(standIn))
            matches.Add((places[match.Index], places[match.Index + match.Length]));
        return matches;
    }

    private static (string StandIn, int[] Places) StandIn(ReadOnlySpan<char> text)
    {
        var standIn = new StringBuilder(text.Length);
        var places = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            places.Add(i);
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                standIn.Append(StandIn(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[i], text[++i]))));
            else
                standIn.Append(char.IsSurrogate(text[i]) ? '\uFFFD' : text[i]);
        }

        places.Add(text.Length);
        return (standIn.ToString(), [.. places]);
    }

    // Rare characters of each category, so that no pattern is likely to name one of them.
    internal static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\uA722',
        UnicodeCategory.LowercaseLetter => '\uA723',
        UnicodeCategory.TitlecaseLetter => '\u1F88',
        UnicodeCategory.ModifierLetter => '\uA717',
        UnicodeCategory.OtherLetter => '\uA000',
        UnicodeCategory.NonSpacingMark => '\uA6F0',
        UnicodeCategory.SpacingCombiningMark => '\uA823',
        UnicodeCategory.EnclosingMark => '\uA670',
        UnicodeCategory.DecimalDigitNumber => '\uA8D0',
        UnicodeCategory.LetterNumber => '\uA6E6',
        UnicodeCategory.OtherNumber => '\uA830',
        UnicodeCategory.ConnectorPunctuation => '\uFE33',
        UnicodeCategory.DashPunctuation => '\u2E1A',
        UnicodeCategory.OpenPunctuation => '\u2E22',
        UnicodeCategory.ClosePunctuation => '\u2E23',
        UnicodeCategory.InitialQuotePunctuation => '\u2E02',
        UnicodeCategory.FinalQuotePunctuation => '\u2E03',
        UnicodeCategory.OtherPunctuation => '\uA874',
        UnicodeCategory.MathSymbol => '\u29BD',
        UnicodeCategory.CurrencySymbol => '\uA838',
        UnicodeCategory.ModifierSymbol => '\uA700',
        UnicodeCategory.OtherSymbol => '\uA490',
        UnicodeCategory.Format => '\u2061',
        UnicodeCategory.PrivateUse => '\uE000',
        _ => '\uFFFE',
    };
}
