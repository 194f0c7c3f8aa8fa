using System.Runtime.Intrinsics;
using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Decoding;

/// <summary>Every path by name, whichever the processor would choose: vectors that it lacks are emulated.</summary>
public sealed unsafe class CachedAttentionTests
{
    [Theory]
    [InlineData(1, 8, 1, 0, 0)]
    [InlineData(1, 64, 3, 0, 31)]
    [InlineData(2, 64, 3, 0, 32)]
    [InlineData(3, 16, 2, 0, 99)]
    [InlineData(1, 128, 7, 0, 70)]
    [InlineData(2, 6, 2, 5, 40)]
    [InlineData(1, 40, 1, 33, 95)]
    [InlineData(1, 32, 4, 64, 64)]
    public void EachPathIsTheWeightedMeanOfTheValues(int keyHeads, int size, int group, int first, int last)
    {
        var config = TinyModels.Llama with { KeyValueHeads = keyHeads, Heads = keyHeads * group, HeadSize = size, Layers = 2 };
        using var pool = new CachePool(new CacheLayout(config));
        using var cache = new KeyValueCache(pool);
        var random = new Random(3);
        var (keys, values) = (Random(random, last + 1, keyHeads * size), Random(random, last + 1, keyHeads * size));
        cache.Reserve(last + 1);
        for (var position = 0; position <= last; position++)
            cache.Store(1, position, keys.Pointer + (position * keys.Columns), values.Pointer + (position * keys.Columns), keyHeads);
        using var queries = Random(random, group, size);
        for (var head = 0; head < keyHeads; head++)
        {
            var span = new AttentionSpan(cache, Layer: 1, head, first, last);
            var expected = Expected(queries, keys, values, head * size, first, last);
            Near(Run<Lanes128, Vector128<float>>(span, queries), expected);
            Near(Run<Lanes256, Vector256<float>>(span, queries), expected);
            Near(Run<Lanes512, Vector512<float>>(span, queries), expected);
        }
    }

    private static float[] Run<TLanes, T>(in AttentionSpan span, Tensor queries)
        where T : struct
        where TLanes : struct, ILanes<T>
    {
        using var scratch = new Tensor(queries.Rows, CachedAttention.ScratchFor(span.Last - span.First + 1));
        using var output = new Tensor(queries.Rows, queries.Columns);
        scratch.Span.Fill(float.NaN);
        output.Span.Fill(float.NaN);
        CachedAttention.Attend<TLanes, T>(span, queries.Pointer, queries.Rows, scratch.Pointer, output.Pointer);
        return output.Span.ToArray();
    }

    private static double[] Expected(Tensor queries, Tensor keys, Tensor values, int offset, int first, int last)
    {
        var expected = new double[queries.Rows * queries.Columns];
        for (var head = 0; head < queries.Rows; head++)
        {
            var weights = Enumerable.Range(first, last - first + 1)
                .Select(position => Math.Exp(Enumerable.Range(0, queries.Columns).Sum(i => (double)queries.Row(head)[i] * keys.Row(position)[offset + i]))).ToArray();
            for (var i = 0; i < queries.Columns; i++)
                expected[(head * queries.Columns) + i] = weights.Select((weight, j) => weight * values.Row(first + j)[offset + i]).Sum() / weights.Sum();
        }

        return expected;
    }

    private static Tensor Random(Random random, int rows, int columns)
    {
        var tensor = new Tensor(rows, columns);
        foreach (ref var value in tensor.Span)
            value = (float)(random.NextDouble() - 0.5);
        return tensor;
    }

    private static void Near(float[] actual, double[] expected)
    {
        for (var i = 0; i < expected.Length; i++)
            ((double)actual[i]).ShouldBe(expected[i], 1e-5);
    }
}
