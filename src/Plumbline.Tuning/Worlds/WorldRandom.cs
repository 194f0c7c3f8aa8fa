namespace Plumbline.Tuning.Worlds;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014): the same numbers for a seed on every runtime, which <see cref="Random"/> does not promise.</summary>
public sealed class WorldRandom(ulong seed)
{
    ulong state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>A whole number in [0, <paramref name="bound"/>).</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        return (int)Math.BigMul(NextBits(), (ulong)bound, out _);
    }

    /// <summary>A number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[Next(items.Count)];
    }

    /// <summary><paramref name="count"/> different items in random order.</summary>
    public IReadOnlyList<T> PickDistinct<T>(IReadOnlyList<T> items, int count)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, items.Count);
        var rest = items.ToArray();
        for (var i = 0; i < count; i++)
        {
            var j = i + Next(rest.Length - i);
            (rest[i], rest[j]) = (rest[j], rest[i]);
        }

        return rest[..count];
    }

    /// <summary>An independent generator for a named purpose, so that one purpose's draws do not move another's.</summary>
    public static WorldRandom For(ulong seed, string purpose)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        return new WorldRandom(Mix(seed ^ StableHash(purpose)));
    }

    /// <summary>FNV-1a over UTF-16 units, finished by a mix: the same for a text on every runtime.</summary>
    public static ulong StableHash(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
