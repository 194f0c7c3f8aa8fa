namespace Plumbline.Transformers.Decoding;

/// <summary>The positions of one key-value head that a token attends to.</summary>
/// <param name="Cache">Its sequence.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Head">The key-value head.</param>
/// <param name="First">First position seen.</param>
/// <param name="Last">Last position seen: the token's own.</param>
internal readonly unsafe record struct AttentionSpan(KeyValueCache Cache, int Layer, int Head, int First, int Last)
{
    /// <summary>Blocks that the positions touch.</summary>
    public int Blocks => (Last / CacheLayout.Positions) - FirstBlock + 1;

    private int FirstBlock => First / CacheLayout.Positions;

    /// <summary>Keys of the <paramref name="block"/>-th block touched: [head][position].</summary>
    public float* Keys(int block) =>
        Cache.Keys(Layer, FirstBlock + block) + (Head * Cache.Layout.HeadSize * CacheLayout.Positions);

    /// <summary>Values of the <paramref name="block"/>-th block touched: [position][head].</summary>
    public float* Values(int block) =>
        Cache.Values(Layer, FirstBlock + block) + (Head * Cache.Layout.HeadSize * CacheLayout.Positions);

    /// <summary>Which positions of the <paramref name="block"/>-th block are seen, from and to (exclusive).</summary>
    public (int From, int To) Columns(int block) =>
        (block == 0 ? First % CacheLayout.Positions : 0,
         block == Blocks - 1 ? (Last % CacheLayout.Positions) + 1 : CacheLayout.Positions);
}
