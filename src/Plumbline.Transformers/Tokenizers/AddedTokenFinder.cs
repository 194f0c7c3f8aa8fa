using System.Buffers;
using System.Globalization;

namespace Plumbline.Transformers.Tokenizers;

/// <summary>Finds added tokens in a text: leftmost first, of several the longest.</summary>
internal sealed class AddedTokenFinder
{
    private readonly Dictionary<char, AddedToken[]> byFirst;
    private readonly SearchValues<char> firsts;

    public AddedTokenFinder(IEnumerable<AddedToken> tokens)
    {
        byFirst = tokens
            .Where(token => token.Content.Length > 0)
            .GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        firsts = SearchValues.Create([.. byFirst.Keys]);
    }

    /// <summary>Divides a text into tokens and the stretches between them; empty stretches are left out.</summary>
    /// <returns>Ranges in order; the token is null for a stretch of text.</returns>
    public IEnumerable<(int Start, int End, AddedToken? Token)> Divide(ReadOnlyMemory<char> text)
    {
        var done = 0;
        foreach (var (start, end, token) in Matches(text))
        {
            if (start > done)
                yield return (done, start, null);
            yield return (start, end, token);
            done = end;
        }

        if (done < text.Length)
            yield return (done, text.Length, null);
    }

    private IEnumerable<(int Start, int End, AddedToken Token)> Matches(ReadOnlyMemory<char> text)
    {
        var done = 0;
        var position = 0;
        while (position < text.Length)
        {
            var next = text.Span[position..].IndexOfAny(firsts);
            if (next < 0)
                yield break;
            position += next;
            if (Longest(text.Span, position) is not { } token || !StandsAlone(text.Span, position, token))
            {
                position++;
                continue;
            }

            var (start, end) = Extent(text.Span, position, token, done);
            yield return (start, end, token);
            done = position = end;
        }
    }

    private AddedToken? Longest(ReadOnlySpan<char> text, int position)
    {
        foreach (var token in byFirst[text[position]])
        {
            if (text[position..].StartsWith(token.Content, StringComparison.Ordinal))
                return token;
        }

        return null;
    }

    private static bool StandsAlone(ReadOnlySpan<char> text, int position, AddedToken token)
    {
        var end = position + token.Content.Length;
        return !token.SingleWord || ((position == 0 || !IsWord(text[position - 1])) && (end == text.Length || !IsWord(text[end])));
    }

    private static (int Start, int End) Extent(ReadOnlySpan<char> text, int position, AddedToken token, int done)
    {
        var start = position;
        var end = position + token.Content.Length;
        while (token.LeftStrip && start > done && char.IsWhiteSpace(text[start - 1]))
            start--;
        while (token.RightStrip && end < text.Length && char.IsWhiteSpace(text[end]))
            end++;
        return (start, end);
    }

    private static bool IsWord(char letter) => char.IsLetterOrDigit(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
