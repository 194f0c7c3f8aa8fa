using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>
/// A tile of 6 × 2 vectors: 12 sums, two vectors of B and one broadcast of A are 15 of the 16 vector registers of AVX2 and SSE, and 12
/// independent sums hide a multiply-add's latency of 4 cycles at two a cycle.
/// </summary>
internal readonly unsafe struct MicroKernel<TLanes, TVector> : IMicroKernel
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Rows => 6;

    public static int Columns => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        int k, float* a, nint rowStride, nint stepStride, int rows, float* b, float alpha, float beta, float* c, nint ldc)
    {
        var last = rows - 1;
        var a0 = a;
        var a1 = a + (Math.Min(1, last) * rowStride);
        var a2 = a + (Math.Min(2, last) * rowStride);
        var a3 = a + (Math.Min(3, last) * rowStride);
        var a4 = a + (Math.Min(4, last) * rowStride);
        var a5 = a + (Math.Min(5, last) * rowStride);
        TVector l0 = TLanes.Zero, r0 = TLanes.Zero;
        TVector l1 = TLanes.Zero, r1 = TLanes.Zero;
        TVector l2 = TLanes.Zero, r2 = TLanes.Zero;
        TVector l3 = TLanes.Zero, r3 = TLanes.Zero;
        TVector l4 = TLanes.Zero, r4 = TLanes.Zero;
        TVector l5 = TLanes.Zero, r5 = TLanes.Zero;
        var end = b + (k * (nint)(2 * TLanes.Count));
        for (nint step = 0; b < end; b += 2 * TLanes.Count, step += stepStride)
        {
            var left = TLanes.Load(b);
            var right = TLanes.Load(b + TLanes.Count);
            var x0 = TLanes.Broadcast(a0[step]);
            l0 = TLanes.MultiplyAdd(x0, left, l0);
            r0 = TLanes.MultiplyAdd(x0, right, r0);
            var x1 = TLanes.Broadcast(a1[step]);
            l1 = TLanes.MultiplyAdd(x1, left, l1);
            r1 = TLanes.MultiplyAdd(x1, right, r1);
            var x2 = TLanes.Broadcast(a2[step]);
            l2 = TLanes.MultiplyAdd(x2, left, l2);
            r2 = TLanes.MultiplyAdd(x2, right, r2);
            var x3 = TLanes.Broadcast(a3[step]);
            l3 = TLanes.MultiplyAdd(x3, left, l3);
            r3 = TLanes.MultiplyAdd(x3, right, r3);
            var x4 = TLanes.Broadcast(a4[step]);
            l4 = TLanes.MultiplyAdd(x4, left, l4);
            r4 = TLanes.MultiplyAdd(x4, right, r4);
            var x5 = TLanes.Broadcast(a5[step]);
            l5 = TLanes.MultiplyAdd(x5, left, l5);
            r5 = TLanes.MultiplyAdd(x5, right, r5);
        }

        Store(alpha, beta, l0, r0, c + (0 * ldc));
        Store(alpha, beta, l1, r1, c + (1 * ldc));
        Store(alpha, beta, l2, r2, c + (2 * ldc));
        Store(alpha, beta, l3, r3, c + (3 * ldc));
        Store(alpha, beta, l4, r4, c + (4 * ldc));
        Store(alpha, beta, l5, r5, c + (5 * ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float alpha, float beta, TVector left, TVector right, float* c)
    {
        var factor = TLanes.Broadcast(alpha);
        left = TLanes.Multiply(left, factor);
        right = TLanes.Multiply(right, factor);
        if (beta != 0)
        {
            var before = TLanes.Broadcast(beta);
            left = TLanes.MultiplyAdd(before, TLanes.Load(c), left);
            right = TLanes.MultiplyAdd(before, TLanes.Load(c + TLanes.Count), right);
        }

        TLanes.Store(left, c);
        TLanes.Store(right, c + TLanes.Count);
    }
}
