using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>A tile of 12 × 2 vectors of 16: 24 sums, two vectors of B and one of A are 27 of AVX-512's 32 registers.</summary>
internal readonly unsafe struct MicroKernel512 : IMicroKernel
{
    public static int Rows => 12;

    public static int Columns => 2 * Lanes512.Count;

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
        var a6 = a + (Math.Min(6, last) * rowStride);
        var a7 = a + (Math.Min(7, last) * rowStride);
        var a8 = a + (Math.Min(8, last) * rowStride);
        var a9 = a + (Math.Min(9, last) * rowStride);
        var a10 = a + (Math.Min(10, last) * rowStride);
        var a11 = a + (Math.Min(11, last) * rowStride);
        Vector512<float> l0 = Lanes512.Zero, r0 = Lanes512.Zero;
        Vector512<float> l1 = Lanes512.Zero, r1 = Lanes512.Zero;
        Vector512<float> l2 = Lanes512.Zero, r2 = Lanes512.Zero;
        Vector512<float> l3 = Lanes512.Zero, r3 = Lanes512.Zero;
        Vector512<float> l4 = Lanes512.Zero, r4 = Lanes512.Zero;
        Vector512<float> l5 = Lanes512.Zero, r5 = Lanes512.Zero;
        Vector512<float> l6 = Lanes512.Zero, r6 = Lanes512.Zero;
        Vector512<float> l7 = Lanes512.Zero, r7 = Lanes512.Zero;
        Vector512<float> l8 = Lanes512.Zero, r8 = Lanes512.Zero;
        Vector512<float> l9 = Lanes512.Zero, r9 = Lanes512.Zero;
        Vector512<float> l10 = Lanes512.Zero, r10 = Lanes512.Zero;
        Vector512<float> l11 = Lanes512.Zero, r11 = Lanes512.Zero;
        var end = b + (k * (nint)(2 * Lanes512.Count));
        for (nint step = 0; b < end; b += 2 * Lanes512.Count, step += stepStride)
        {
            var left = Lanes512.Load(b);
            var right = Lanes512.Load(b + Lanes512.Count);
            var x0 = Lanes512.Broadcast(a0[step]);
            l0 = Lanes512.MultiplyAdd(x0, left, l0);
            r0 = Lanes512.MultiplyAdd(x0, right, r0);
            var x1 = Lanes512.Broadcast(a1[step]);
            l1 = Lanes512.MultiplyAdd(x1, left, l1);
            r1 = Lanes512.MultiplyAdd(x1, right, r1);
            var x2 = Lanes512.Broadcast(a2[step]);
            l2 = Lanes512.MultiplyAdd(x2, left, l2);
            r2 = Lanes512.MultiplyAdd(x2, right, r2);
            var x3 = Lanes512.Broadcast(a3[step]);
            l3 = Lanes512.MultiplyAdd(x3, left, l3);
            r3 = Lanes512.MultiplyAdd(x3, right, r3);
            var x4 = Lanes512.Broadcast(a4[step]);
            l4 = Lanes512.MultiplyAdd(x4, left, l4);
            r4 = Lanes512.MultiplyAdd(x4, right, r4);
            var x5 = Lanes512.Broadcast(a5[step]);
            l5 = Lanes512.MultiplyAdd(x5, left, l5);
            r5 = Lanes512.MultiplyAdd(x5, right, r5);
            var x6 = Lanes512.Broadcast(a6[step]);
            l6 = Lanes512.MultiplyAdd(x6, left, l6);
            r6 = Lanes512.MultiplyAdd(x6, right, r6);
            var x7 = Lanes512.Broadcast(a7[step]);
            l7 = Lanes512.MultiplyAdd(x7, left, l7);
            r7 = Lanes512.MultiplyAdd(x7, right, r7);
            var x8 = Lanes512.Broadcast(a8[step]);
            l8 = Lanes512.MultiplyAdd(x8, left, l8);
            r8 = Lanes512.MultiplyAdd(x8, right, r8);
            var x9 = Lanes512.Broadcast(a9[step]);
            l9 = Lanes512.MultiplyAdd(x9, left, l9);
            r9 = Lanes512.MultiplyAdd(x9, right, r9);
            var x10 = Lanes512.Broadcast(a10[step]);
            l10 = Lanes512.MultiplyAdd(x10, left, l10);
            r10 = Lanes512.MultiplyAdd(x10, right, r10);
            var x11 = Lanes512.Broadcast(a11[step]);
            l11 = Lanes512.MultiplyAdd(x11, left, l11);
            r11 = Lanes512.MultiplyAdd(x11, right, r11);
        }

        Store(alpha, beta, l0, r0, c + (0 * ldc));
        Store(alpha, beta, l1, r1, c + (1 * ldc));
        Store(alpha, beta, l2, r2, c + (2 * ldc));
        Store(alpha, beta, l3, r3, c + (3 * ldc));
        Store(alpha, beta, l4, r4, c + (4 * ldc));
        Store(alpha, beta, l5, r5, c + (5 * ldc));
        Store(alpha, beta, l6, r6, c + (6 * ldc));
        Store(alpha, beta, l7, r7, c + (7 * ldc));
        Store(alpha, beta, l8, r8, c + (8 * ldc));
        Store(alpha, beta, l9, r9, c + (9 * ldc));
        Store(alpha, beta, l10, r10, c + (10 * ldc));
        Store(alpha, beta, l11, r11, c + (11 * ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float alpha, float beta, Vector512<float> left, Vector512<float> right, float* c)
    {
        var factor = Lanes512.Broadcast(alpha);
        left = Lanes512.Multiply(left, factor);
        right = Lanes512.Multiply(right, factor);
        if (beta != 0)
        {
            var before = Lanes512.Broadcast(beta);
            left = Lanes512.MultiplyAdd(before, Lanes512.Load(c), left);
            right = Lanes512.MultiplyAdd(before, Lanes512.Load(c + Lanes512.Count), right);
        }

        Lanes512.Store(left, c);
        Lanes512.Store(right, c + Lanes512.Count);
    }
}
