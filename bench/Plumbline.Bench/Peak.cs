using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Bench;

/// <summary>What the processor could do at most: fused multiply-adds between registers, nothing else.</summary>
internal static class Peak
{
    // Some 12 ms a thread: the system counts another thread's processor time in steps of up to 4 ms.
    private const int Steps = 6_000_000;

    /// <summary>GFLOP/s of all threads of a team together.</summary>
    public static double Measure(WorkerTeam team, Func<double> clock)
    {
        var sums = new float[team.Count * 64];
        var start = clock();
        team.Run(team.Count, part => sums[part * 64] = Loop());
        var seconds = clock() - start;
        return team.Count * FlopsOfLoop / seconds / 1e9;
    }

    private static double FlopsOfLoop => Steps * 12.0 * 2 * (Isa.IsAvx512 ? 16 : Isa.IsAvx2 ? 8 : 4);

    private static float Loop() =>
        Isa.IsAvx512 ? Loop<Lanes512, Vector512<float>>() : Isa.IsAvx2 ? Loop<Lanes256, Vector256<float>>() : Loop<Lanes128, Vector128<float>>();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Loop<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // 12 chains hide a latency of up to 6 cycles at two multiply-adds a cycle. Values shrink towards a fixed point: no subnormals.
        var factor = TLanes.Broadcast(0.999f);
        var term = TLanes.Broadcast(0.001f);
        TVector a = term, b = term, c = term, d = term, e = term, f = term, g = term, h = term, i = term, j = term, k = term, l = term;
        for (var step = 0; step < Steps; step++)
        {
            a = TLanes.MultiplyAdd(a, factor, term);
            b = TLanes.MultiplyAdd(b, factor, term);
            c = TLanes.MultiplyAdd(c, factor, term);
            d = TLanes.MultiplyAdd(d, factor, term);
            e = TLanes.MultiplyAdd(e, factor, term);
            f = TLanes.MultiplyAdd(f, factor, term);
            g = TLanes.MultiplyAdd(g, factor, term);
            h = TLanes.MultiplyAdd(h, factor, term);
            i = TLanes.MultiplyAdd(i, factor, term);
            j = TLanes.MultiplyAdd(j, factor, term);
            k = TLanes.MultiplyAdd(k, factor, term);
            l = TLanes.MultiplyAdd(l, factor, term);
        }

        var sum = TLanes.Add(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)), TLanes.Add(TLanes.Add(e, f), TLanes.Add(g, h)));
        return TLanes.Sum(TLanes.Add(sum, TLanes.Add(TLanes.Add(i, j), TLanes.Add(k, l))));
    }
}
