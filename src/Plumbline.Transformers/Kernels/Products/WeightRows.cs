using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Dot products of rows of x with stored rows of a weight.</summary>
/// <remarks>
/// Each output has one vector of sums along k, then a fixed sum across its lanes, then the terms beyond the last whole vector one by one:
/// the same roundings in every tile, so an output's bits do not depend on which rows it is computed together with.
/// </remarks>
internal static unsafe class WeightRows<TLanes, TVector, TFormat>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TFormat : struct, IWeightFormat<TVector>
{
    /// <summary>y[m, rows] ← x[m, k] · wᵀ for <paramref name="rows"/> rows of the weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* x, nint ldx, int m, byte* w, nint rowBytes, int rows, int k, float* y, nint ldy)
    {
        // 3 × 4: 12 sums and three of x leave one register for w; 7 loads feed 12 multiply-adds.
        var row = 0;
        for (; row <= m - 3; row += 3)
        {
            var column = 0;
            for (; column <= rows - 4; column += 4)
                ThreeByFour(x + (row * ldx), ldx, w + (column * rowBytes), rowBytes, k, y + (row * ldy) + column, ldy);
            for (; column < rows; column++)
            {
                for (var i = row; i < row + 3; i++)
                    One(x + (i * ldx), w + (column * rowBytes), k, y + (i * ldy) + column);
            }
        }

        for (; row < m; row++)
        {
            var column = 0;
            for (; column <= rows - 4; column += 4)
                OneByFour(x + (row * ldx), w + (column * rowBytes), rowBytes, k, y + (row * ldy) + column);
            for (; column < rows; column++)
                One(x + (row * ldx), w + (column * rowBytes), k, y + (row * ldy) + column);
        }
    }

    /// <summary>Writes <paramref name="rows"/> rows as F32, one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(byte* w, nint rowBytes, int rows, int k, float* destination)
    {
        for (var row = 0; row < rows; row++, w += rowBytes, destination += k)
        {
            var p = 0;
            for (; p <= k - TLanes.Count; p += TLanes.Count)
                TLanes.Store(TFormat.Load(w, p), destination + p);
            for (; p < k; p++)
                destination[p] = TFormat.LoadOne(w, p);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ThreeByFour(float* x, nint ldx, byte* w, nint rowBytes, int k, float* y, nint ldy)
    {
        var x1 = x + ldx;
        var x2 = x + (2 * ldx);
        var w1 = w + rowBytes;
        var w2 = w + (2 * rowBytes);
        var w3 = w + (3 * rowBytes);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        TVector s10 = TLanes.Zero, s11 = TLanes.Zero, s12 = TLanes.Zero, s13 = TLanes.Zero;
        TVector s20 = TLanes.Zero, s21 = TLanes.Zero, s22 = TLanes.Zero, s23 = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
        {
            var v0 = TLanes.Load(x + p);
            var v1 = TLanes.Load(x1 + p);
            var v2 = TLanes.Load(x2 + p);
            var u0 = TFormat.Load(w, p);
            s00 = TLanes.MultiplyAdd(v0, u0, s00);
            s10 = TLanes.MultiplyAdd(v1, u0, s10);
            s20 = TLanes.MultiplyAdd(v2, u0, s20);
            var u1 = TFormat.Load(w1, p);
            s01 = TLanes.MultiplyAdd(v0, u1, s01);
            s11 = TLanes.MultiplyAdd(v1, u1, s11);
            s21 = TLanes.MultiplyAdd(v2, u1, s21);
            var u2 = TFormat.Load(w2, p);
            s02 = TLanes.MultiplyAdd(v0, u2, s02);
            s12 = TLanes.MultiplyAdd(v1, u2, s12);
            s22 = TLanes.MultiplyAdd(v2, u2, s22);
            var u3 = TFormat.Load(w3, p);
            s03 = TLanes.MultiplyAdd(v0, u3, s03);
            s13 = TLanes.MultiplyAdd(v1, u3, s13);
            s23 = TLanes.MultiplyAdd(v2, u3, s23);
        }

        y[0] = Finish(s00, x, w, p, k);
        y[1] = Finish(s01, x, w1, p, k);
        y[2] = Finish(s02, x, w2, p, k);
        y[3] = Finish(s03, x, w3, p, k);
        y[ldy] = Finish(s10, x1, w, p, k);
        y[ldy + 1] = Finish(s11, x1, w1, p, k);
        y[ldy + 2] = Finish(s12, x1, w2, p, k);
        y[ldy + 3] = Finish(s13, x1, w3, p, k);
        y[2 * ldy] = Finish(s20, x2, w, p, k);
        y[(2 * ldy) + 1] = Finish(s21, x2, w1, p, k);
        y[(2 * ldy) + 2] = Finish(s22, x2, w2, p, k);
        y[(2 * ldy) + 3] = Finish(s23, x2, w3, p, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneByFour(float* x, byte* w, nint rowBytes, int k, float* y)
    {
        var w1 = w + rowBytes;
        var w2 = w + (2 * rowBytes);
        var w3 = w + (3 * rowBytes);
        TVector s00 = TLanes.Zero, s01 = TLanes.Zero, s02 = TLanes.Zero, s03 = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
        {
            var v0 = TLanes.Load(x + p);
            var u0 = TFormat.Load(w, p);
            s00 = TLanes.MultiplyAdd(v0, u0, s00);
            var u1 = TFormat.Load(w1, p);
            s01 = TLanes.MultiplyAdd(v0, u1, s01);
            var u2 = TFormat.Load(w2, p);
            s02 = TLanes.MultiplyAdd(v0, u2, s02);
            var u3 = TFormat.Load(w3, p);
            s03 = TLanes.MultiplyAdd(v0, u3, s03);
        }

        y[0] = Finish(s00, x, w, p, k);
        y[1] = Finish(s01, x, w1, p, k);
        y[2] = Finish(s02, x, w2, p, k);
        y[3] = Finish(s03, x, w3, p, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(float* x, byte* w, int k, float* y)
    {
        TVector s00 = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
        {
            var v0 = TLanes.Load(x + p);
            var u0 = TFormat.Load(w, p);
            s00 = TLanes.MultiplyAdd(v0, u0, s00);
        }

        y[0] = Finish(s00, x, w, p, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Finish(TVector lanes, float* x, byte* w, int p, int k)
    {
        var sum = TLanes.Sum(lanes);
        for (; p < k; p++)
            sum = TLanes.MultiplyAdd(x[p], TFormat.LoadOne(w, p), sum);
        return sum;
    }
}
