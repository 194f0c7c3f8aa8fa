namespace Plumbline.Choices;

/// <summary>The letters of options among the likeliest first tokens of an answer.</summary>
/// <param name="Likeliest">The likeliest letter; null where no token is a letter of an option.</param>
/// <param name="Share">The probability that the answer begins with any of the letters, as far as it is told; from 0 to 1.</param>
readonly record struct LetterProbabilities(string? Likeliest, double Share)
{
    /// <summary>The least share with which a model is taken to answer with letters: they are likelier than all else together.</summary>
    public const double LeastToProbe = 0.5;

    /// <summary>The least share with which one answer's letter is a choice. Where nearly all of the probability is on something else (a thought, "Answer:"), the order
    /// of the letters in the rest is not what the model would choose; well below a half it still is, as MMLU's authors take it.</summary>
    public const double LeastToChoose = 0.1;

    /// <summary>The choice; null where the letters together are too unlikely to show one.</summary>
    public string? Choice => Share >= LeastToChoose ? Likeliest : null;

    /// <summary>Adds up, for each letter, the probabilities of the tokens that are it, with or without white space before it.</summary>
    /// <param name="tokens">The likeliest tokens.</param>
    /// <param name="letters">The options' letters, as they are written in the question.</param>
    public static LetterProbabilities Of(IReadOnlyList<TokenProbability> tokens, IReadOnlyList<string> letters)
    {
        var sums = letters.Select(letter => (Letter: letter, Sum: tokens.Where(token => Spells(token.Text, letter)).Sum(token => Math.Exp(token.LogProbability)))).ToList();
        var likeliest = sums.MaxBy(letter => letter.Sum);
        return new LetterProbabilities(likeliest.Sum > 0 ? likeliest.Letter : null, sums.Sum(letter => letter.Sum));
    }

    /// <summary>Whether a token is a letter, with or without white space before it.</summary>
    public static bool Spells(string token, string letter) => Bare(token).SequenceEqual(letter);

    // Some servers leave the mark that their tokenizer writes for a space.
    static ReadOnlySpan<char> Bare(string token) => token.AsSpan().TrimStart([' ', '\t', '\n', '\r', '\u2581', '\u0120', '\u010A']);
}
