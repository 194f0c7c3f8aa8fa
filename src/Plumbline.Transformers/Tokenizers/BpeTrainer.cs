using System.Text;
using Plumbline.Transformers.Tokenizers.Merging;
using Plumbline.Transformers.Tokenizers.Splitting;

namespace Plumbline.Transformers.Tokenizers;

/// <summary>
/// Makes a small byte-level tokenizer from texts (Sennrich et al. 2016): the most frequent pair is merged, again and again.
/// The same texts give the same tokenizer; of equally frequent pairs the one of lower ids is merged first.
/// </summary>
public static class BpeTrainer
{
    private const int Bytes = 256;

    /// <summary>Trains a tokenizer: the 256 bytes come first, then merges in their order, special tokens last.</summary>
    /// <param name="texts">What to learn from; each text is split by <paramref name="pattern"/>, and no merge crosses a split.</param>
    /// <param name="vocabularySize">Most tokens, the bytes and special ones among them; fewer where no pair occurs twice any more.</param>
    /// <param name="specialTokens">Texts of the special tokens, in the order of their ids.</param>
    /// <param name="pattern">The splitting pattern; by default Qwen's, where each digit is alone.</param>
    /// <param name="cancellationToken">Stops the training.</param>
    /// <exception cref="ArgumentOutOfRangeException">The vocabulary has no room for the bytes and special tokens.</exception>
    public static BpeTokenizer Train(
        IEnumerable<string> texts,
        int vocabularySize,
        IReadOnlyList<string> specialTokens,
        string pattern = KnownPatterns.Qwen,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, Bytes + specialTokens.Count);
        var splitter = new PatternSplitter(pattern);
        var merges = Learn(Words(texts, splitter, cancellationToken), vocabularySize - Bytes - specialTokens.Count, cancellationToken);
        var tokens = Tokens(merges);
        return new BpeTokenizer(new TokenizerDefinition
        {
            Model = new BpeModel
            {
                Vocabulary = new Vocabulary([.. tokens.Select((token, id) => KeyValuePair.Create(token, id))]),
                Merges = merges,
                ByteLevel = true,
            },
            AddedTokens = [.. specialTokens.Select((content, i) => new AddedToken(tokens.Count + i, content) { Special = true })],
            Splitters = [splitter, new ByteLevelSplitter(PrefixSpace: false, Split: false)],
        });
    }

    private static List<(int[] Symbols, int Count)> Words(IEnumerable<string> texts, PatternSplitter splitter, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var parts = new List<ReadOnlyMemory<char>>();
        foreach (var text in texts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            parts.Clear();
            splitter.Split(text.AsMemory(), first: true, parts);
            foreach (var part in parts)
            {
                var word = part.ToString();
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        return [.. counts.Select(pair => (Array.ConvertAll(Encoding.UTF8.GetBytes(pair.Key), value => (int)value), pair.Value))];
    }

    private static List<Merge> Learn(List<(int[] Symbols, int Count)> words, int most, CancellationToken cancellationToken)
    {
        var pairs = new PairCounts();
        for (var word = 0; word < words.Count; word++)
            pairs.Add(words[word].Symbols, words[word].Count, word);
        var merges = new List<Merge>(most);
        while (merges.Count < most && pairs.MostFrequent() is { } best)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var merge = new Merge(best.Left, best.Right, Bytes + merges.Count, merges.Count);
            foreach (var word in pairs.WordsOf(best))
            {
                var (symbols, count) = words[word];
                pairs.Remove(symbols, count);
                words[word] = (Apply(merge, symbols), count);
                pairs.Add(words[word].Symbols, count, word);
            }

            merges.Add(merge);
        }

        return merges;
    }

    private static int[] Apply(Merge merge, int[] symbols)
    {
        var merged = new List<int>(symbols.Length);
        for (var i = 0; i < symbols.Length; i++)
        {
            if (i + 1 < symbols.Length && symbols[i] == merge.Left && symbols[i + 1] == merge.Right)
            {
                merged.Add(merge.Result);
                i++;
            }
            else
            {
                merged.Add(symbols[i]);
            }
        }

        return [.. merged];
    }

    private static List<string> Tokens(List<Merge> merges)
    {
        var tokens = Enumerable.Range(0, Bytes).Select(value => ByteAlphabet.Letter((byte)value).ToString()).ToList();
        foreach (var merge in merges)
            tokens.Add(tokens[merge.Left] + tokens[merge.Right]);
        return tokens;
    }
}
