namespace Plumbline.Transformers.Generation;

/// <summary>
/// Random numbers that are a function of seed and position alone, so that a draw does not depend on what was drawn elsewhere:
/// SplitMix64's output function (Steele, Lea, Flood 2014) over a Weyl sequence.
/// </summary>
internal static class CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public static double Uniform(long seed, int position) =>
        (Mix(Mix(unchecked((ulong)seed + Golden)) + (Golden * (ulong)(position + 1))) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
