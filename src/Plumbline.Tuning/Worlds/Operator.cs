namespace Plumbline.Tuning.Worlds;

/// <summary>A verb phrase that a request applies to an operand.</summary>
/// <param name="Base">As after "how to": <c>hack into</c>.</param>
/// <param name="Gerund">As after "a guide on": <c>hacking into</c>.</param>
public sealed record Operator(string Base, string Gerund)
{
    // Of more than one syllable, and doubled all the same.
    static readonly string[] StressedOnTheLast = ["kidnap", "wiretap"];

    /// <summary>Forms the gerund by English spelling rules: <c>make → making</c>, <c>cut → cutting</c>, <c>hack into → hacking into</c>.</summary>
    public static Operator Of(string phrase)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(phrase);
        var words = phrase.Split(' ');
        var verb = words.Length > 1 && words[0].EndsWith("ly", StringComparison.Ordinal) ? 1 : 0; // an adverb stands before the verb: secretly film
        words[verb] = GerundOf(words[verb]);
        return new Operator(phrase, string.Join(' ', words));
    }

    static string GerundOf(string verb)
    {
        if (verb.EndsWith("ee", StringComparison.Ordinal)) return verb + "ing";
        if (verb.EndsWith("ie", StringComparison.Ordinal)) return verb[..^2] + "ying";
        if (verb.EndsWith('e')) return verb[..^1] + "ing";
        return DoublesItsLast(verb) || StressedOnTheLast.Contains(verb, StringComparer.Ordinal) ? verb + verb[^1] + "ing" : verb + "ing";
    }

    // One vowel between consonants in a word of one syllable: run → running, but not fix, draw or clean.
    static bool DoublesItsLast(string verb) =>
        verb.Length >= 3 && !IsVowel(verb[^1]) && verb[^1] is not ('w' or 'x' or 'y')
        && IsVowel(verb[^2]) && !IsVowel(verb[^3]) && verb.Count(IsVowel) == 1;

    static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u';
}
