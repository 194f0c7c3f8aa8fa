using System.Text;

namespace Plumbline.Tests.Suites;

/// <summary>
/// How much of its wording a prompt shares with another, by the triples of words that follow one another. Two prompts are near duplicates
/// where half of all their triples are shared, or three quarters of the shorter one's (of at least four).
/// </summary>
sealed class WordTriples
{
    const double MostOfBoth = 0.5;
    const double MostOfOne = 0.75;
    const int FewestToContain = 4;

    readonly HashSet<string> triples;

    public WordTriples(string text)
    {
        var words = Words(text);
        triples = [.. Enumerable.Range(0, Math.Max(0, words.Count - 2)).Select(at => string.Join(' ', words.Skip(at).Take(3)))];
        if (triples.Count == 0)
            triples.Add(string.Join(' ', words));
    }

    public IReadOnlyCollection<string> All => triples;

    public bool IsNear(WordTriples other)
    {
        var shared = triples.Count(other.triples.Contains);
        var shorter = Math.Min(triples.Count, other.triples.Count);
        return shared >= MostOfBoth * (triples.Count + other.triples.Count - shared) || (shorter >= FewestToContain && shared >= MostOfOne * shorter);
    }

    /// <summary>The pairs that are near duplicates, one from each list; only those that share a triple are compared.</summary>
    public static IEnumerable<string> NearPairs(IEnumerable<string> ours, IEnumerable<string> theirs)
    {
        var others = theirs.Select(text => (Text: text, Triples: new WordTriples(text))).ToList();
        var byTriple = others.SelectMany(other => other.Triples.All.Select(triple => (triple, other))).ToLookup(entry => entry.triple, entry => entry.other);
        return
            from text in ours
            let triples = new WordTriples(text)
            from other in triples.All.SelectMany(triple => byTriple[triple]).DistinctBy(other => other.Text)
            where other.Text != text && triples.IsNear(other.Triples)
            select $"{text} ~ {other.Text}";
    }

    static List<string> Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
                plain.Append(char.ToLowerInvariant(character));
            else if (character is not ('\'' or '’'))
                plain.Append(' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }
}
