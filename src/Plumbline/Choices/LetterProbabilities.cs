namespace Plumbline.Choices;

/// <summary>The letters of options among the likeliest first tokens of an answer.</summary>
static class LetterProbabilities
{
    /// <summary>The likeliest letter: the probabilities of the tokens that are it, with or without white space before it, added up.</summary>
    /// <param name="tokens">The likeliest tokens.</param>
    /// <param name="letters">The options' letters, as they are written in the question.</param>
    /// <returns>Null where no token is a letter of an option.</returns>
    public static string? Likeliest(IReadOnlyList<TokenProbability> tokens, IReadOnlyList<string> letters)
    {
        var sums = letters.Select(letter => (Letter: letter, Sum: tokens.Where(token => Bare(token.Text).SequenceEqual(letter)).Sum(token => Math.Exp(token.LogProbability)))).ToList();
        var likeliest = sums.MaxBy(letter => letter.Sum);
        return likeliest.Sum > 0 ? likeliest.Letter : null;
    }

    // Some servers leave the mark that their tokenizer writes for a space.
    static ReadOnlySpan<char> Bare(string token) => token.AsSpan().TrimStart([' ', '\t', '\n', '\r', '\u2581', '\u0120', '\u010A']);
}
