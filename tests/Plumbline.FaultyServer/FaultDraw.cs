namespace Plumbline.FaultyServer;

/// <summary>Draws a fault for the n-th request: the same for the same seed and n, whoever else asks.</summary>
internal static class FaultDraw
{
    public static Fault Of(FaultOptions options, long request)
    {
        var draw = Uniform(options.Seed, request);
        foreach (var (fault, share) in new[]
        {
            (Fault.RateLimited, options.RateLimited),
            (Fault.ServerError, options.ServerErrors),
            (Fault.Hang, options.Hangs),
            (Fault.Cut, options.Cuts),
            (Fault.Malformed, options.Malformed),
        })
        {
            if (draw < share) return fault;
            draw -= share;
        }

        return Fault.None;
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): a counter in, an even draw out.</summary>
    public static double Uniform(int seed, long counter)
    {
        var bits = unchecked(((ulong)seed * 0xD1342543DE82EF95UL) + ((ulong)counter * 0x9E3779B97F4A7C15UL));
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
