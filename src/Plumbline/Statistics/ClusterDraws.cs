using System.Runtime.InteropServices;
using MathNet.Numerics.Random;

namespace Plumbline.Statistics;

/// <summary>
/// Draws clusters for a bootstrap: as many as there are, with replacement. Seeded. A whole resample's random bits are drawn at once, and 32 of them are
/// scaled to a cluster's number (D. Lemire, "Fast random integer generation in an interval", ACM Transactions on Modeling and Computer Simulation 29,
/// 2019, without its rejection: of 10,000 clusters none is likelier than another by more than 0.0003%), which takes a quarter of the time of a call for each.
/// </summary>
sealed class ClusterDraws(int clusters, int seed)
{
    readonly Xoshiro256StarStar random = new(seed, threadSafe: false);
    readonly byte[] bits = new byte[clusters * sizeof(uint)];
    readonly int[] drawn = new int[clusters];

    /// <summary>The next resample: as many numbers as there are clusters, each from 0 to one less. They stand until the next call.</summary>
    public ReadOnlySpan<int> Next()
    {
        random.NextBytes(bits);
        var words = MemoryMarshal.Cast<byte, uint>(bits);
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = (int)(((ulong)words[i] * (ulong)clusters) >> 32);
        return drawn;
    }
}
