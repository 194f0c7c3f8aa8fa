using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Dot products of several rows of x with rows of F32; rounds as <see cref="IStoredRows"/> says.</summary>
internal static unsafe class RowTiles<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    // 21 KiB of x: two thirds of a 32 KiB L1 data cache, and 9 rows of 576. Each four rows of the weight come from L2 once for all of them.
    private const int BlockFloats = 5376;

    /// <summary>Whether m rows of x stay in L1 together.</summary>
    public static bool FitsL1(int m, int k) => (long)m * k <= BlockFloats;

    /// <summary>y[m, rows] ← x[m, k] · wᵀ.</summary>
    /// <typeparam name="TAhead">Whether to fetch w ahead: it is worth it unless w lies in L2 already.</typeparam>
    public static void Multiply<TAhead>(float* x, nint ldx, int m, float* w, nint ldw, int rows, int k, float* y, nint ldy)
        where TAhead : struct, IAhead
    {
        var most = Math.Max(3, BlockFloats / Math.Max(1, k) / 3 * 3);
        MultiplyBlock<TAhead>(x, ldx, Math.Min(m, most), w, ldw, rows, k, y, ldy);
        for (var row = most; row < m; row += most)
            MultiplyBlock<NotAhead>(x + (row * ldx), ldx, Math.Min(m - row, most), w, ldw, rows, k, y + (row * ldy), ldy);
    }

    private static void MultiplyBlock<TAhead>(float* x, nint ldx, int m, float* w, nint ldw, int rows, int k, float* y, nint ldy)
        where TAhead : struct, IAhead
    {
        // 3 × 4: 12 sums and three vectors of x leave one register for w; 7 loads feed 12 multiply-adds.
        for (; rows >= 4; rows -= 4, w += 4 * ldw, y += 4)
        {
            var row = 0;
            if (m >= 3)
            {
                ThreeByFour<TAhead>(x, ldx, w, ldw, k, y, ldy);
                row = 3;
            }

            for (; row <= m - 3; row += 3)
                ThreeByFour<NotAhead>(x + (row * ldx), ldx, w, ldw, k, y + (row * ldy), ldy);
            if (row == m - 2)
                TwoByFour<TAhead>(x + (row * ldx), ldx, w, ldw, k, y + (row * ldy), ldy);
            else if (row == m - 1)
                PlainRows<TLanes, TVector, F32Format<TLanes, TVector>>.Four(x + (row * ldx), (byte*)w, ldw * sizeof(float), k, y + (row * ldy));
        }

        for (; rows > 0; rows--, w += ldw, y++)
        {
            for (var row = 0; row < m; row++)
                PlainRows<TLanes, TVector, F32Format<TLanes, TVector>>.One(x + (row * ldx), (byte*)w, k, y + (row * ldy));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeByFour<TAhead>(float* x, nint ldx, float* w, nint ldw, int k, float* y, nint ldy)
        where TAhead : struct, IAhead
    {
        var x1 = x + ldx;
        var x2 = x1 + ldx;
        var w1 = w + ldw;
        var w2 = w1 + ldw;
        var w3 = w2 + ldw;
        var next = w3 + ldw;
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s23 = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
        {
            TAhead.Fetch<TLanes, TVector>(next, p);
            var v0 = TLanes.Load(x + p);
            var v1 = TLanes.Load(x1 + p);
            var v2 = TLanes.Load(x2 + p);
            var u0 = TLanes.Load(w + p);
            s00 = TLanes.MultiplyAdd(v0, u0, s00);
            s10 = TLanes.MultiplyAdd(v1, u0, s10);
            s20 = TLanes.MultiplyAdd(v2, u0, s20);
            var u1 = TLanes.Load(w1 + p);
            s01 = TLanes.MultiplyAdd(v0, u1, s01);
            s11 = TLanes.MultiplyAdd(v1, u1, s11);
            s21 = TLanes.MultiplyAdd(v2, u1, s21);
            var u2 = TLanes.Load(w2 + p);
            s02 = TLanes.MultiplyAdd(v0, u2, s02);
            s12 = TLanes.MultiplyAdd(v1, u2, s12);
            s22 = TLanes.MultiplyAdd(v2, u2, s22);
            var u3 = TLanes.Load(w3 + p);
            s03 = TLanes.MultiplyAdd(v0, u3, s03);
            s13 = TLanes.MultiplyAdd(v1, u3, s13);
            s23 = TLanes.MultiplyAdd(v2, u3, s23);
        }

        TLanes.Sums(s00, s01, s02, s03).Store(y);
        TLanes.Sums(s10, s11, s12, s13).Store(y + ldy);
        TLanes.Sums(s20, s21, s22, s23).Store(y + (2 * ldy));
        if (p < k)
            AddTails(x, ldx, 3, w, ldw, p, k, y, ldy);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TwoByFour<TAhead>(float* x, nint ldx, float* w, nint ldw, int k, float* y, nint ldy)
        where TAhead : struct, IAhead
    {
        var x1 = x + ldx;
        var w1 = w + ldw;
        var w2 = w1 + ldw;
        var w3 = w2 + ldw;
        var next = w3 + ldw;
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
        {
            TAhead.Fetch<TLanes, TVector>(next, p);
            var v0 = TLanes.Load(x + p);
            var v1 = TLanes.Load(x1 + p);
            var u0 = TLanes.Load(w + p);
            s00 = TLanes.MultiplyAdd(v0, u0, s00);
            s10 = TLanes.MultiplyAdd(v1, u0, s10);
            var u1 = TLanes.Load(w1 + p);
            s01 = TLanes.MultiplyAdd(v0, u1, s01);
            s11 = TLanes.MultiplyAdd(v1, u1, s11);
            var u2 = TLanes.Load(w2 + p);
            s02 = TLanes.MultiplyAdd(v0, u2, s02);
            s12 = TLanes.MultiplyAdd(v1, u2, s12);
            var u3 = TLanes.Load(w3 + p);
            s03 = TLanes.MultiplyAdd(v0, u3, s03);
            s13 = TLanes.MultiplyAdd(v1, u3, s13);
        }

        TLanes.Sums(s00, s01, s02, s03).Store(y);
        TLanes.Sums(s10, s11, s12, s13).Store(y + ldy);
        if (p < k)
            AddTails(x, ldx, 2, w, ldw, p, k, y, ldy);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTails(float* x, nint ldx, int m, float* w, nint ldw, int p, int k, float* y, nint ldy)
    {
        for (var row = 0; row < m; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var sum = y[(row * ldy) + column];
                for (var q = p; q < k; q++)
                    sum = TLanes.MultiplyAdd(x[(row * ldx) + q], w[(column * ldw) + q], sum);
                y[(row * ldy) + column] = sum;
            }
        }
    }
}
