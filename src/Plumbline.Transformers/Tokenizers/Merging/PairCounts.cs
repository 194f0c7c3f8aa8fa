namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>How often each pair of neighbours occurs in weighted words, and in which words.</summary>
internal sealed class PairCounts
{
    private readonly Dictionary<(int Left, int Right), int> counts = [];
    private readonly Dictionary<(int Left, int Right), HashSet<int>> words = [];

    /// <summary>Counts a word's pairs.</summary>
    public void Add(ReadOnlySpan<int> symbols, int count, int word)
    {
        for (var i = 0; i + 1 < symbols.Length; i++)
        {
            var pair = (symbols[i], symbols[i + 1]);
            counts[pair] = counts.GetValueOrDefault(pair) + count;
            if (!words.TryGetValue(pair, out var set))
                words.Add(pair, set = []);
            set.Add(word);
        }
    }

    /// <summary>Takes a word's pairs out of the counts; that the word once had them stays known.</summary>
    public void Remove(ReadOnlySpan<int> symbols, int count)
    {
        for (var i = 0; i + 1 < symbols.Length; i++)
            counts[(symbols[i], symbols[i + 1])] -= count;
    }

    /// <summary>The words that have or once had a pair, in their order.</summary>
    public IReadOnlyList<int> WordsOf((int Left, int Right) pair) => [.. words[pair].Order()];

    /// <summary>The pair that occurs most, of several the one of lowest ids; null if none occurs twice.</summary>
    public (int Left, int Right)? MostFrequent()
    {
        var best = (Pair: (0, 0), Count: 1);
        foreach (var (pair, count) in counts)
        {
            if (count > best.Count || (count == best.Count && best.Count > 1 && pair.CompareTo(best.Pair) < 0))
                best = (pair, count);
        }

        return best.Count > 1 ? best.Pair : null;
    }
}
