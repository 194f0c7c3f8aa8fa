using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Rows of values that each stand for themselves: F32, F16, BF16.</summary>
internal readonly unsafe struct PlainRows<TLanes, TVector, TFormat> : IStoredRows
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TFormat : struct, IWeightFormat<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(float* x, byte* w, nint rowBytes, int k, float* y)
    {
        var w1 = w + rowBytes;
        var w2 = w1 + rowBytes;
        var w3 = w2 + rowBytes;
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        var p = 0;
        for (; p <= k - (2 * TLanes.Count); p += 2 * TLanes.Count)
        {
            var ahead = (4 * rowBytes) + ((nint)p * TFormat.Bytes);
            Ahead.Fetch(w + ahead);
            Ahead.Fetch(w1 + ahead);
            Ahead.Fetch(w2 + ahead);
            Ahead.Fetch(w3 + ahead);
            var v = TLanes.Load(x + p);
            s0 = TLanes.MultiplyAdd(v, TFormat.Load(w, p), s0);
            s1 = TLanes.MultiplyAdd(v, TFormat.Load(w1, p), s1);
            s2 = TLanes.MultiplyAdd(v, TFormat.Load(w2, p), s2);
            s3 = TLanes.MultiplyAdd(v, TFormat.Load(w3, p), s3);
            var next = p + TLanes.Count;
            v = TLanes.Load(x + next);
            s0 = TLanes.MultiplyAdd(v, TFormat.Load(w, next), s0);
            s1 = TLanes.MultiplyAdd(v, TFormat.Load(w1, next), s1);
            s2 = TLanes.MultiplyAdd(v, TFormat.Load(w2, next), s2);
            s3 = TLanes.MultiplyAdd(v, TFormat.Load(w3, next), s3);
        }

        if (p <= k - TLanes.Count)
        {
            var v = TLanes.Load(x + p);
            s0 = TLanes.MultiplyAdd(v, TFormat.Load(w, p), s0);
            s1 = TLanes.MultiplyAdd(v, TFormat.Load(w1, p), s1);
            s2 = TLanes.MultiplyAdd(v, TFormat.Load(w2, p), s2);
            s3 = TLanes.MultiplyAdd(v, TFormat.Load(w3, p), s3);
            p += TLanes.Count;
        }

        TLanes.Sums(s0, s1, s2, s3).Store(y);
        if (p < k)
        {
            AddTail(x, w, p, k, y);
            AddTail(x, w1, p, k, y + 1);
            AddTail(x, w2, p, k, y + 2);
            AddTail(x, w3, p, k, y + 3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(float* x, byte* w, int k, float* y)
    {
        var sums = TLanes.Zero;
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
            sums = TLanes.MultiplyAdd(TLanes.Load(x + p), TFormat.Load(w, p), sums);
        *y = TLanes.Sum(sums);
        AddTail(x, w, p, k, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(byte* w, int k, float* destination)
    {
        var p = 0;
        for (; p <= k - TLanes.Count; p += TLanes.Count)
            TLanes.Store(TFormat.Load(w, p), destination + p);
        for (; p < k; p++)
            destination[p] = TFormat.LoadOne(w, p);
    }

    // Apart, because its calls would make the loops above keep their sums in memory.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTail(float* x, byte* w, int p, int k, float* y)
    {
        for (; p < k; p++)
            *y = TLanes.MultiplyAdd(x[p], TFormat.LoadOne(w, p), *y);
    }
}
