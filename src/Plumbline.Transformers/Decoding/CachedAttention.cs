using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Decoding;

/// <summary>
/// Attention of one token over a sequence's cache. Every sum runs over positions in ascending order, so the result depends on the
/// token and what lies before it, and on nothing else in the batch.
/// </summary>
internal static unsafe class CachedAttention
{
    /// <summary>Floats of scratch that one query head needs to see <paramref name="positions"/> positions.</summary>
    public static int ScratchFor(int positions) => (CacheLayout.BlocksFor(positions) + 1) * CacheLayout.Positions;

    /// <summary>Lets the query heads that share one key-value head attend to positions <paramref name="span"/>.First to .Last.</summary>
    /// <param name="span">Which part of which cache.</param>
    /// <param name="query">[heads][head size], rotated.</param>
    /// <param name="heads">Query heads to a key-value head.</param>
    /// <param name="scratch">[heads][<see cref="ScratchFor"/>], aligned to 64 bytes.</param>
    /// <param name="output">[heads][head size].</param>
    public static void Attend(in AttentionSpan span, float* query, int heads, float* scratch, float* output)
    {
        if (Isa.IsAvx512)
            Attend<Lanes512, Vector512<float>>(span, query, heads, scratch, output);
        else if (Isa.IsAvx2)
            Attend<Lanes256, Vector256<float>>(span, query, heads, scratch, output);
        else
            Attend<Lanes128, Vector128<float>>(span, query, heads, scratch, output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Attend<TLanes, T>(in AttentionSpan span, float* query, int heads, float* scratch, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var stride = ScratchFor(span.Last - span.First + 1);
        var size = span.Cache.Layout.HeadSize;
        Score<TLanes, T>(span, query, heads, scratch, stride);
        for (var head = 0; head < heads; head++)
        {
            var scores = scratch + (head * stride);
            Mask(scores, span.First % CacheLayout.Positions, (span.Last % CacheLayout.Positions) + 1, span.Blocks);
            VectorKernels.Softmax(scores, span.Blocks * CacheLayout.Positions);
        }

        var mixed = 0;
        for (; mixed + 2 <= heads; mixed += 2)
            Mix<TLanes, T>(span, scratch + (mixed * stride), stride, output + (mixed * size));
        if (mixed < heads)
            Mix<TLanes, T>(span, scratch + (mixed * stride), weightStride: 0, output + (mixed * size));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Score<TLanes, T>(in AttentionSpan span, float* query, int heads, float* scratch, int stride)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var size = span.Cache.Layout.HeadSize;
        for (var block = 0; block < span.Blocks; block++)
        {
            var keys = span.Keys(block);
            var scores = scratch + (block * CacheLayout.Positions);
            var head = 0;
            for (; head + 2 <= heads; head += 2)
                ScoreTwo<TLanes, T>(keys, query + (head * size), size, scores + (head * stride), stride);
            if (head < heads)
                ScoreOne<TLanes, T>(keys, query + (head * size), size, scores + (head * stride));
        }
    }

    /// <summary>Two heads share what is read of the keys: eight sums at a time, so that no multiply-add waits for the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreTwo<TLanes, T>(float* keys, float* query, int size, float* scores, int stride)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var second = query + size;
        for (var column = 0; column < CacheLayout.Positions; column += Together<TLanes, T>())
        {
            T a0 = TLanes.Zero, a1 = TLanes.Zero, a2 = TLanes.Zero, a3 = TLanes.Zero;
            T b0 = TLanes.Zero, b1 = TLanes.Zero, b2 = TLanes.Zero, b3 = TLanes.Zero;
            var key = keys + column;
            for (var i = 0; i < size; i++, key += CacheLayout.Positions)
            {
                var q = TLanes.Broadcast(query[i]);
                var r = TLanes.Broadcast(second[i]);
                var k = TLanes.Load(key);
                a0 = TLanes.MultiplyAdd(q, k, a0);
                b0 = TLanes.MultiplyAdd(r, k, b0);
                k = TLanes.Load(key + TLanes.Count);
                a1 = TLanes.MultiplyAdd(q, k, a1);
                b1 = TLanes.MultiplyAdd(r, k, b1);
                if (TLanes.Count > CacheLayout.Positions / 4)
                    continue;
                k = TLanes.Load(key + (2 * TLanes.Count));
                a2 = TLanes.MultiplyAdd(q, k, a2);
                b2 = TLanes.MultiplyAdd(r, k, b2);
                k = TLanes.Load(key + (3 * TLanes.Count));
                a3 = TLanes.MultiplyAdd(q, k, a3);
                b3 = TLanes.MultiplyAdd(r, k, b3);
            }

            StoreAll<TLanes, T>(a0, a1, a2, a3, scores + column);
            StoreAll<TLanes, T>(b0, b1, b2, b3, scores + stride + column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScoreOne<TLanes, T>(float* keys, float* query, int size, float* scores)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        for (var column = 0; column < CacheLayout.Positions; column += Together<TLanes, T>())
        {
            T a0 = TLanes.Zero, a1 = TLanes.Zero, a2 = TLanes.Zero, a3 = TLanes.Zero;
            var key = keys + column;
            for (var i = 0; i < size; i++, key += CacheLayout.Positions)
            {
                var q = TLanes.Broadcast(query[i]);
                a0 = TLanes.MultiplyAdd(q, TLanes.Load(key), a0);
                a1 = TLanes.MultiplyAdd(q, TLanes.Load(key + TLanes.Count), a1);
                if (TLanes.Count > CacheLayout.Positions / 4)
                    continue;
                a2 = TLanes.MultiplyAdd(q, TLanes.Load(key + (2 * TLanes.Count)), a2);
                a3 = TLanes.MultiplyAdd(q, TLanes.Load(key + (3 * TLanes.Count)), a3);
            }

            StoreAll<TLanes, T>(a0, a1, a2, a3, scores + column);
        }
    }

    /// <summary>Positions that four vectors cover, or two where four are wider than a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Together<TLanes, T>()
        where T : struct
        where TLanes : struct, ILanes<T> =>
        TLanes.Count > CacheLayout.Positions / 4 ? 2 * TLanes.Count : 4 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreAll<TLanes, T>(T first, T second, T third, T fourth, float* target)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        TLanes.Store(first, target);
        TLanes.Store(second, target + TLanes.Count);
        if (TLanes.Count > CacheLayout.Positions / 4)
            return;
        TLanes.Store(third, target + (2 * TLanes.Count));
        TLanes.Store(fourth, target + (3 * TLanes.Count));
    }

    /// <summary>Positions before the window and behind the token get no weight: the blocks at both ends may hold others.</summary>
    private static void Mask(float* scores, int before, int inLast, int blocks)
    {
        new Span<float>(scores, before).Fill(float.NegativeInfinity);
        new Span<float>(scores + ((blocks - 1) * CacheLayout.Positions) + inLast, CacheLayout.Positions - inLast)
            .Fill(float.NegativeInfinity);
    }

    /// <summary>Sums of values by weight, for two heads at once, or for one if <paramref name="weightStride"/> is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mix<TLanes, T>(in AttentionSpan span, float* weights, int weightStride, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var size = span.Cache.Layout.HeadSize;
        new Span<float>(output, weightStride > 0 ? 2 * size : size).Clear();
        for (var block = 0; block < span.Blocks; block++)
        {
            var (from, to) = span.Columns(block);
            var weight = weights + (block * CacheLayout.Positions) + from;
            var value = span.Values(block) + (from * size);
            var column = 0;
            for (; column + (4 * TLanes.Count) <= size; column += 4 * TLanes.Count)
            {
                if (weightStride > 0)
                    MixTwo<TLanes, T>(value + column, size, weight, weight + weightStride, to - from, output + column, output + size + column);
                else
                    MixOne<TLanes, T>(value + column, size, weight, to - from, output + column);
            }

            if (column == size)
                continue;
            MixRest<TLanes, T>(value + column, size, weight, to - from, output + column, size - column);
            if (weightStride > 0)
                MixRest<TLanes, T>(value + column, size, weight + weightStride, to - from, output + size + column, size - column);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixTwo<TLanes, T>(float* value, int stride, float* weights, float* others, int count, float* output, float* other)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        T a0 = TLanes.Load(output), a1 = TLanes.Load(output + TLanes.Count);
        T a2 = TLanes.Load(output + (2 * TLanes.Count)), a3 = TLanes.Load(output + (3 * TLanes.Count));
        T b0 = TLanes.Load(other), b1 = TLanes.Load(other + TLanes.Count);
        T b2 = TLanes.Load(other + (2 * TLanes.Count)), b3 = TLanes.Load(other + (3 * TLanes.Count));
        for (var i = 0; i < count; i++, value += stride)
        {
            var w = TLanes.Broadcast(weights[i]);
            var u = TLanes.Broadcast(others[i]);
            var v = TLanes.Load(value);
            a0 = TLanes.MultiplyAdd(w, v, a0);
            b0 = TLanes.MultiplyAdd(u, v, b0);
            v = TLanes.Load(value + TLanes.Count);
            a1 = TLanes.MultiplyAdd(w, v, a1);
            b1 = TLanes.MultiplyAdd(u, v, b1);
            v = TLanes.Load(value + (2 * TLanes.Count));
            a2 = TLanes.MultiplyAdd(w, v, a2);
            b2 = TLanes.MultiplyAdd(u, v, b2);
            v = TLanes.Load(value + (3 * TLanes.Count));
            a3 = TLanes.MultiplyAdd(w, v, a3);
            b3 = TLanes.MultiplyAdd(u, v, b3);
        }

        StoreFour<TLanes, T>(a0, a1, a2, a3, output);
        StoreFour<TLanes, T>(b0, b1, b2, b3, other);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixOne<TLanes, T>(float* value, int stride, float* weights, int count, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        T a0 = TLanes.Load(output), a1 = TLanes.Load(output + TLanes.Count);
        T a2 = TLanes.Load(output + (2 * TLanes.Count)), a3 = TLanes.Load(output + (3 * TLanes.Count));
        for (var i = 0; i < count; i++, value += stride)
        {
            var w = TLanes.Broadcast(weights[i]);
            a0 = TLanes.MultiplyAdd(w, TLanes.Load(value), a0);
            a1 = TLanes.MultiplyAdd(w, TLanes.Load(value + TLanes.Count), a1);
            a2 = TLanes.MultiplyAdd(w, TLanes.Load(value + (2 * TLanes.Count)), a2);
            a3 = TLanes.MultiplyAdd(w, TLanes.Load(value + (3 * TLanes.Count)), a3);
        }

        StoreFour<TLanes, T>(a0, a1, a2, a3, output);
    }

    /// <summary>The columns that four vectors do not fill, in the same order of sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MixRest<TLanes, T>(float* value, int stride, float* weights, int count, float* output, int columns)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        for (var i = 0; i < count; i++, value += stride)
        {
            var column = 0;
            var w = TLanes.Broadcast(weights[i]);
            for (; column <= columns - TLanes.Count; column += TLanes.Count)
                TLanes.Store(TLanes.MultiplyAdd(w, TLanes.Load(value + column), TLanes.Load(output + column)), output + column);
            for (; column < columns; column++)
                output[column] = TLanes.MultiplyAdd(weights[i], value[column], output[column]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour<TLanes, T>(T first, T second, T third, T fourth, float* target)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        TLanes.Store(first, target);
        TLanes.Store(second, target + TLanes.Count);
        TLanes.Store(third, target + (2 * TLanes.Count));
        TLanes.Store(fourth, target + (3 * TLanes.Count));
    }
}
