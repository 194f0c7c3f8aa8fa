namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// A counter-based random source: number i of a stream is a hash of the stream's key and i, so there is no state to save.
/// The hash is the finalizer of Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
/// </summary>
internal struct SplitMix(ulong key)
{
    private ulong state = key;

    /// <summary>A stream of its own for each purpose and index.</summary>
    public static SplitMix Stream(ulong seed, string purpose, long index = 0)
    {
        var key = Mix(seed + 0x9E3779B97F4A7C15UL);
        foreach (var letter in purpose)
            key = Mix(key ^ letter);
        return new SplitMix(Mix(key ^ (ulong)index));
    }

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    public ulong NextUInt64() => Mix(state += 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="bound"/>): the high half of a product, whose bias is below bound ÷ 2⁶⁴.</summary>
    public int NextInt(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>Shuffles in place, after Fisher and Yates.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
