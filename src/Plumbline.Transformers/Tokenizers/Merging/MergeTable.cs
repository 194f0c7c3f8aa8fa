namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>Byte-pair merging (Sennrich et al. 2016): the merge of lowest rank first, leftmost of equals, until none applies.</summary>
internal sealed class MergeTable
{
    // Below this many symbols, looking at every neighbour again is faster than keeping a heap.
    private const int ShortWord = 32;

    private readonly Dictionary<long, (int Rank, int Result)> byPair;

    public MergeTable(IReadOnlyCollection<Merge> merges)
    {
        byPair = new Dictionary<long, (int, int)>(merges.Count);
        foreach (var merge in merges)
            byPair.TryAdd(Key(merge.Left, merge.Right), (merge.Rank, merge.Result));
    }

    /// <summary>Merges in place; the result is the first so many symbols.</summary>
    public int Apply(Span<int> symbols) => symbols.Length <= ShortWord ? ApplyByScan(symbols) : ApplyByHeap(symbols);

    internal int ApplyByScan(Span<int> symbols)
    {
        var count = symbols.Length;
        while (true)
        {
            var best = (Rank: int.MaxValue, Result: 0);
            var at = -1;
            for (var i = 0; i + 1 < count; i++)
            {
                if (byPair.TryGetValue(Key(symbols[i], symbols[i + 1]), out var merge) && merge.Rank < best.Rank)
                    (best, at) = (merge, i);
            }

            if (at < 0)
                return count;
            symbols[at] = best.Result;
            symbols[(at + 2)..count].CopyTo(symbols[(at + 1)..]);
            count--;
        }
    }

    internal int ApplyByHeap(Span<int> symbols)
    {
        var next = new int[symbols.Length];
        var previous = new int[symbols.Length];
        var queue = new PriorityQueue<(int At, long Pair, int Result), (int Rank, int At)>();
        for (var i = 0; i < symbols.Length; i++)
        {
            next[i] = i + 1 < symbols.Length ? i + 1 : -1;
            previous[i] = i - 1;
        }

        for (var i = 0; i + 1 < symbols.Length; i++)
            Offer(symbols, i, i + 1);
        while (queue.TryDequeue(out var merge, out _))
        {
            var right = next[merge.At];

            // An earlier merge may have taken either side away.
            if (symbols[merge.At] < 0 || right < 0 || Key(symbols[merge.At], symbols[right]) != merge.Pair)
                continue;
            symbols[merge.At] = merge.Result;
            symbols[right] = -1;
            next[merge.At] = next[right];
            if (next[right] >= 0)
            {
                previous[next[right]] = merge.At;
                Offer(symbols, merge.At, next[right]);
            }

            if (previous[merge.At] >= 0)
                Offer(symbols, previous[merge.At], merge.At);
        }

        return Compact(symbols);

        void Offer(Span<int> all, int left, int right)
        {
            var pair = Key(all[left], all[right]);
            if (byPair.TryGetValue(pair, out var merge))
                queue.Enqueue((left, pair, merge.Result), (merge.Rank, left));
        }
    }

    private static int Compact(Span<int> symbols)
    {
        var count = 0;
        foreach (var symbol in symbols)
        {
            if (symbol >= 0)
                symbols[count++] = symbol;
        }

        return count;
    }

    private static long Key(int left, int right) => ((long)left << 32) | (uint)right;
}
