using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>
/// Rows of GGUF's Q8_0 blocks: a binary16 scale and 32 signed bytes. A value, the product of 11 and 8 significant bits, is exact in F32.
/// Rows are whole blocks, and blocks are whole vectors, so there is no tail.
/// </summary>
internal readonly unsafe struct Q8Rows<TLanes, TVector> : IStoredRows
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Four(float* x, byte* w, nint rowBytes, int k, float* y)
    {
        var w1 = w + rowBytes;
        var w2 = w1 + rowBytes;
        var w3 = w2 + rowBytes;
        TVector s0 = TLanes.Zero, s1 = TLanes.Zero, s2 = TLanes.Zero, s3 = TLanes.Zero;
        var end = x + k;
        for (nint block = 0; x < end; block += DTypeLayout.Q8BlockBytes)
        {
            // Rows are neighbours: four blocks of each four rows ahead are 136 bytes in sequence.
            var ahead = w3 + rowBytes + (4 * block);
            Ahead.Fetch(ahead);
            Ahead.Fetch(ahead + 64);
            Ahead.Fetch(ahead + 128);
            var scale0 = Scale(w + block);
            var scale1 = Scale(w1 + block);
            var scale2 = Scale(w2 + block);
            var scale3 = Scale(w3 + block);
            var values = block + 2;
            for (nint i = 0; i < DTypeLayout.Q8BlockLength; i += TLanes.Count, x += TLanes.Count)
            {
                var v = TLanes.Load(x);
                s0 = TLanes.MultiplyAdd(v, TLanes.Multiply(scale0, TLanes.LoadI8((sbyte*)w + values + i)), s0);
                s1 = TLanes.MultiplyAdd(v, TLanes.Multiply(scale1, TLanes.LoadI8((sbyte*)w1 + values + i)), s1);
                s2 = TLanes.MultiplyAdd(v, TLanes.Multiply(scale2, TLanes.LoadI8((sbyte*)w2 + values + i)), s2);
                s3 = TLanes.MultiplyAdd(v, TLanes.Multiply(scale3, TLanes.LoadI8((sbyte*)w3 + values + i)), s3);
            }
        }

        TLanes.Sums(s0, s1, s2, s3).Store(y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void One(float* x, byte* w, int k, float* y)
    {
        var sums = TLanes.Zero;
        var end = x + k;
        for (; x < end; w += DTypeLayout.Q8BlockBytes)
        {
            var scale = Scale(w);
            for (nint i = 0; i < DTypeLayout.Q8BlockLength; i += TLanes.Count, x += TLanes.Count)
                sums = TLanes.MultiplyAdd(TLanes.Load(x), TLanes.Multiply(scale, TLanes.LoadI8((sbyte*)w + 2 + i)), sums);
        }

        *y = TLanes.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Decode(byte* w, int k, float* destination)
    {
        var end = destination + k;
        for (; destination < end; w += DTypeLayout.Q8BlockBytes)
        {
            var scale = Scale(w);
            for (nint i = 0; i < DTypeLayout.Q8BlockLength; i += TLanes.Count, destination += TLanes.Count)
                TLanes.Store(TLanes.Multiply(scale, TLanes.LoadI8((sbyte*)w + 2 + i)), destination);
        }
    }

    // Reads at most the block's 34 bytes, whatever the vector's width.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Scale(byte* block) => TLanes.Broadcast(Lanes128.LoadF16((ushort*)block).ToScalar());
}
