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

    internal static void Attend<TLanes, T>(in AttentionSpan span, float* query, int heads, float* scratch, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var stride = ScratchFor(span.Last - span.First + 1);
        Score<TLanes, T>(span, query, heads, scratch, stride);
        for (var head = 0; head < heads; head++)
        {
            var scores = scratch + (head * stride);
            Mask(scores, span.First % CacheLayout.Positions, (span.Last % CacheLayout.Positions) + 1, span.Blocks);
            VectorKernels.Softmax(scores, span.Blocks * CacheLayout.Positions);
            Mix<TLanes, T>(span, scores, output + (head * span.Cache.Layout.HeadSize));
        }
    }

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
            for (; head + 4 <= heads; head += 4)
                ScoreFour<TLanes, T>(keys, query + (head * size), size, scores + (head * stride), stride);
            for (; head + 2 <= heads; head += 2)
                ScoreTwo<TLanes, T>(keys, query + (head * size), size, scores + (head * stride), stride);
            for (; head < heads; head++)
                ScoreOne<TLanes, T>(keys, query + (head * size), size, scores + (head * stride));
        }
    }

    private static void ScoreFour<TLanes, T>(float* keys, float* query, int size, float* scores, int stride)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        for (var column = 0; column < CacheLayout.Positions; column += 2 * TLanes.Count)
        {
            var a0 = TLanes.Zero;
            var a1 = a0;
            var b0 = a0;
            var b1 = a0;
            var c0 = a0;
            var c1 = a0;
            var d0 = a0;
            var d1 = a0;
            var key = keys + column;
            for (var i = 0; i < size; i++, key += CacheLayout.Positions)
            {
                var k0 = TLanes.Load(key);
                var k1 = TLanes.Load(key + TLanes.Count);
                var q = TLanes.Broadcast(query[i]);
                a0 = TLanes.MultiplyAdd(q, k0, a0);
                a1 = TLanes.MultiplyAdd(q, k1, a1);
                q = TLanes.Broadcast(query[size + i]);
                b0 = TLanes.MultiplyAdd(q, k0, b0);
                b1 = TLanes.MultiplyAdd(q, k1, b1);
                q = TLanes.Broadcast(query[(2 * size) + i]);
                c0 = TLanes.MultiplyAdd(q, k0, c0);
                c1 = TLanes.MultiplyAdd(q, k1, c1);
                q = TLanes.Broadcast(query[(3 * size) + i]);
                d0 = TLanes.MultiplyAdd(q, k0, d0);
                d1 = TLanes.MultiplyAdd(q, k1, d1);
            }

            var target = scores + column;
            StoreTwo<TLanes, T>(a0, a1, target);
            StoreTwo<TLanes, T>(b0, b1, target + stride);
            StoreTwo<TLanes, T>(c0, c1, target + (2 * stride));
            StoreTwo<TLanes, T>(d0, d1, target + (3 * stride));
        }
    }

    private static void ScoreTwo<TLanes, T>(float* keys, float* query, int size, float* scores, int stride)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        for (var column = 0; column < CacheLayout.Positions; column += 2 * TLanes.Count)
        {
            var a0 = TLanes.Zero;
            var a1 = a0;
            var b0 = a0;
            var b1 = a0;
            var key = keys + column;
            for (var i = 0; i < size; i++, key += CacheLayout.Positions)
            {
                var k0 = TLanes.Load(key);
                var k1 = TLanes.Load(key + TLanes.Count);
                var q = TLanes.Broadcast(query[i]);
                a0 = TLanes.MultiplyAdd(q, k0, a0);
                a1 = TLanes.MultiplyAdd(q, k1, a1);
                q = TLanes.Broadcast(query[size + i]);
                b0 = TLanes.MultiplyAdd(q, k0, b0);
                b1 = TLanes.MultiplyAdd(q, k1, b1);
            }

            StoreTwo<TLanes, T>(a0, a1, scores + column);
            StoreTwo<TLanes, T>(b0, b1, scores + stride + column);
        }
    }

    private static void ScoreOne<TLanes, T>(float* keys, float* query, int size, float* scores)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        for (var column = 0; column < CacheLayout.Positions; column += 2 * TLanes.Count)
        {
            var a0 = TLanes.Zero;
            var a1 = a0;
            var key = keys + column;
            for (var i = 0; i < size; i++, key += CacheLayout.Positions)
            {
                var q = TLanes.Broadcast(query[i]);
                a0 = TLanes.MultiplyAdd(q, TLanes.Load(key), a0);
                a1 = TLanes.MultiplyAdd(q, TLanes.Load(key + TLanes.Count), a1);
            }

            StoreTwo<TLanes, T>(a0, a1, scores + column);
        }
    }

    private static void StoreTwo<TLanes, T>(T first, T second, float* target)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        TLanes.Store(first, target);
        TLanes.Store(second, target + TLanes.Count);
    }

    /// <summary>Positions before the window and behind the token get no weight: the blocks at both ends may hold others.</summary>
    private static void Mask(float* scores, int before, int inLast, int blocks)
    {
        new Span<float>(scores, before).Fill(float.NegativeInfinity);
        new Span<float>(scores + ((blocks - 1) * CacheLayout.Positions) + inLast, CacheLayout.Positions - inLast)
            .Fill(float.NegativeInfinity);
    }

    private static void Mix<TLanes, T>(in AttentionSpan span, float* weights, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var layout = span.Cache.Layout;
        var column = 0;
        for (; column + (4 * TLanes.Count) <= layout.HeadSize; column += 4 * TLanes.Count)
            MixFour<TLanes, T>(span, weights, column, output + column);
        var tail = stackalloc float[16];
        for (; column < layout.HeadSize; column += TLanes.Count)
        {
            MixOne<TLanes, T>(span, weights, column, tail);
            var width = Math.Min(TLanes.Count, layout.HeadSize - column);
            new ReadOnlySpan<float>(tail, width).CopyTo(new Span<float>(output + column, width));
        }
    }

    private static void MixFour<TLanes, T>(in AttentionSpan span, float* weights, int column, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var stride = span.Cache.Layout.PaddedHeadSize;
        var a0 = TLanes.Zero;
        var a1 = a0;
        var a2 = a0;
        var a3 = a0;
        for (var block = 0; block < span.Blocks; block++)
        {
            var (from, to) = span.Columns(block);
            var weight = weights + (block * CacheLayout.Positions);
            var value = span.Values(block) + column + (from * stride);
            for (var i = from; i < to; i++, value += stride)
            {
                var w = TLanes.Broadcast(weight[i]);
                a0 = TLanes.MultiplyAdd(w, TLanes.Load(value), a0);
                a1 = TLanes.MultiplyAdd(w, TLanes.Load(value + TLanes.Count), a1);
                a2 = TLanes.MultiplyAdd(w, TLanes.Load(value + (2 * TLanes.Count)), a2);
                a3 = TLanes.MultiplyAdd(w, TLanes.Load(value + (3 * TLanes.Count)), a3);
            }
        }

        TLanes.Store(a0, output);
        TLanes.Store(a1, output + TLanes.Count);
        TLanes.Store(a2, output + (2 * TLanes.Count));
        TLanes.Store(a3, output + (3 * TLanes.Count));
    }

    private static void MixOne<TLanes, T>(in AttentionSpan span, float* weights, int column, float* output)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        var stride = span.Cache.Layout.PaddedHeadSize;
        var sum = TLanes.Zero;
        for (var block = 0; block < span.Blocks; block++)
        {
            var (from, to) = span.Columns(block);
            var weight = weights + (block * CacheLayout.Positions);
            var value = span.Values(block) + column + (from * stride);
            for (var i = from; i < to; i++, value += stride)
                sum = TLanes.MultiplyAdd(TLanes.Broadcast(weight[i]), TLanes.Load(value), sum);
        }

        TLanes.Store(sum, output);
    }
}
