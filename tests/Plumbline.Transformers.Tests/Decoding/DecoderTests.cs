using System.Runtime.InteropServices;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Decoding;
using Plumbline.Transformers.Models;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Decoding;

public sealed class DecoderTests
{
    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void LogitsEqualASlowReference(string name)
    {
        var weights = TinyModels.Random(TinyModels.All[name]);
        var tokens = TinyModels.Tokens(weights.Config, 45, seed: 2);
        var expected = new ReferenceDecoder(weights).Logits(tokens);
        using var run = new Session(weights, threads: 2);
        Close(run.All(tokens), expected);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void AnAdapterIsAppliedLive(string name)
    {
        var weights = TinyModels.Random(TinyModels.All[name]);
        var changes = Changes(weights);
        var tokens = TinyModels.Tokens(weights.Config, 9, seed: 3);
        using var run = new Session(weights, threads: 1, changes);
        using var bare = new Session(weights, threads: 1);
        Close(run.All(tokens), new ReferenceDecoder(weights, changes).Logits(tokens));
        run.All(tokens)[0][0].ShouldNotBe(bare.All(tokens)[0][0]);
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void ASequenceGivesTheSameBitsInAnyChunks(string name)
    {
        var weights = TinyModels.Random(TinyModels.All[name]);
        var changes = Changes(weights);
        var tokens = TinyModels.Tokens(weights.Config, 100, seed: 4);
        using var run = new Session(weights, threads: 1, changes);
        var whole = run.All(tokens);
        foreach (var chunk in new[] { 1, 3, 32, 33, 70 })
            SameBits(run.All(tokens, chunk), whole, $"in chunks of {chunk}");
    }

    [Theory]
    [MemberData(nameof(TinyModels.Names), MemberType = typeof(TinyModels))]
    public void ASequenceGivesTheSameBitsInAnyCompanyAndOnAnyThreads(string name)
    {
        var weights = TinyModels.Random(TinyModels.All[name]);
        var config = weights.Config;
        var sequences = Enumerable.Range(0, 9).Select(i => TinyModels.Tokens(config, 20 + (7 * i), seed: 10 + i)).ToArray();
        using var alone = new Session(weights, threads: 1);
        var expected = sequences.Select(tokens => alone.All(tokens)[^1]).ToArray();
        foreach (var threads in new[] { 1, 2, 3 })
        {
            using var run = new Session(weights, threads);
            var caches = sequences.Select(_ => run.NewCache()).ToArray();
            run.Run([.. sequences.Select((tokens, i) => new SequenceSlice(caches[i], tokens.AsMemory(0, tokens.Length - 1 - i), Lookout.None))]);
            // Each now lacks another number of tokens; they go on together until the longest is through.
            for (var step = 0; step < sequences.Length; step++)
            {
                var going = Enumerable.Range(step, sequences.Length - step).ToArray();
                var logits = run.Run([.. going.Select(i => new SequenceSlice(caches[i], sequences[i].AsMemory(caches[i].Length, 1), Lookout.Last))]);
                SameBits([logits[0]], [expected[step]], $"sequence {step} on {threads} threads");
            }

            foreach (var cache in caches)
                cache.Dispose();
        }
    }

    [Fact]
    public void LookoutChoosesTheRows()
    {
        var weights = TinyModels.Random(TinyModels.Llama);
        using var run = new Session(weights, threads: 2);
        var tokens = TinyModels.Tokens(weights.Config, 12, seed: 5);
        var all = run.All(tokens);
        using var silent = run.NewCache();
        using var last = run.NewCache();
        using var every = run.NewCache();
        var logits = run.Run([new(silent, tokens, Lookout.None), new(last, tokens, Lookout.Last), new(every, tokens, Lookout.All)]);
        logits.Length.ShouldBe(13);
        SameBits(logits, [all[^1], .. all], "rows");
        silent.Length.ShouldBe(12);
    }

    [Theory]
    [InlineData(DType.F16)]
    [InlineData(DType.BF16)]
    public void StoredHalvesGiveTheBitsOfTheirF32Values(DType type)
    {
        var config = TinyModels.Llama;
        var full = TinyModels.Random(config);
        var halves = Halve(full, type);
        using var widened = new Session(Widen(halves), threads: 1);
        using var stored = new Session(halves, threads: 2);
        var tokens = TinyModels.Tokens(config, 20, seed: 6);
        SameBits(stored.All(tokens), widened.All(tokens), "widened");
    }

    [Fact]
    public void TablesGrowWithTheSequence()
    {
        var config = TinyModels.Llama with { MaxPositions = 3000, Layers = 1 };
        var weights = TinyModels.Random(config);
        using var run = new Session(weights, threads: 2);
        var tokens = TinyModels.Tokens(config, 2500, seed: 7);
        SameBits([run.All(tokens)[^1]], [run.All(tokens, 400)[^1]], "in chunks");
    }

    [Fact]
    public void GivenBackBlocksDoNotShineThrough()
    {
        var weights = TinyModels.Random(TinyModels.All["mistral"]);
        using var run = new Session(weights, threads: 1);
        var first = TinyModels.Tokens(weights.Config, 90, seed: 8);
        var second = TinyModels.Tokens(weights.Config, 50, seed: 9);
        var fresh = run.All(second);
        run.All(first);
        SameBits(run.All(second), fresh, "after another");
    }

    private static Dictionary<string, LowRankDelta> Changes(DecoderWeights weights)
    {
        var random = new Random(99);
        var changes = new Dictionary<string, LowRankDelta>(StringComparer.Ordinal);
        void Add(string module, Weight weight)
        {
            const int rank = 5;
            var down = new Tensor(rank, weight.Columns);
            var up = new Tensor(weight.Rows, rank);
            foreach (ref var value in down.Span)
                value = (float)(random.NextDouble() - 0.5);
            foreach (ref var value in up.Span)
                value = (float)(random.NextDouble() - 0.5);
            changes[module] = new LowRankDelta(new Weight("A", down), new Weight("B", up), 0.4f);
        }

        for (var layer = 0; layer < weights.Layers.Count; layer++)
        {
            Add($"model.layers.{layer}.self_attn.q_proj", weights.Layers[layer].Query);
            Add($"model.layers.{layer}.self_attn.k_proj", weights.Layers[layer].Key);
            Add($"model.layers.{layer}.self_attn.v_proj", weights.Layers[layer].Value);
            Add($"model.layers.{layer}.self_attn.o_proj", weights.Layers[layer].Output);
            Add($"model.layers.{layer}.mlp.gate_proj", weights.Layers[layer].Gate);
            Add($"model.layers.{layer}.mlp.up_proj", weights.Layers[layer].Up);
            Add($"model.layers.{layer}.mlp.down_proj", weights.Layers[layer].Down);
        }

        Add("lm_head", weights.Head);
        return changes;
    }

    private static DecoderWeights Halve(DecoderWeights weights, DType type) => Map(weights, weight => StoredHalf.Of(weight, type));

    private static DecoderWeights Widen(DecoderWeights weights) => Map(weights, weight => new Weight(weight.Name, weight.ToTensor()));

    private static DecoderWeights Map(DecoderWeights weights, Func<Weight, Weight> map)
    {
        var embedding = map(weights.Embedding);
        return weights with
        {
            Embedding = embedding,
            Head = ReferenceEquals(weights.Head, weights.Embedding) ? embedding : map(weights.Head),
            FinalNorm = map(weights.FinalNorm),
            Layers = [.. weights.Layers.Select(layer => layer with
            {
                AttentionNorm = map(layer.AttentionNorm),
                Query = map(layer.Query),
                Key = map(layer.Key),
                Value = map(layer.Value),
                Output = map(layer.Output),
                MlpNorm = map(layer.MlpNorm),
                Gate = map(layer.Gate),
                Up = map(layer.Up),
                Down = map(layer.Down),
            })],
        };
    }

    private static void SameBits(float[][] actual, float[][] expected, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (var row = 0; row < expected.Length; row++)
            MemoryMarshal.AsBytes(actual[row].AsSpan()).SequenceEqual(MemoryMarshal.AsBytes(expected[row].AsSpan())).ShouldBeTrue($"{what}, row {row}");
    }

    private static void Close(float[][] actual, double[][] expected)
    {
        var scale = expected.Max(row => row.Max(Math.Abs));
        for (var t = 0; t < expected.Length; t++)
        {
            var worst = expected[t].Select((value, i) => Math.Abs(actual[t][i] - value)).Max();
            worst.ShouldBeLessThan(1e-4 * scale, $"position {t}");
        }
    }

    private sealed unsafe class Session : IDisposable
    {
        private readonly Decoder decoder;
        private readonly CachePool pool;

        public Session(DecoderWeights weights, int threads, IReadOnlyDictionary<string, LowRankDelta>? changes = null)
        {
            decoder = new Decoder(weights, changes, threads);
            pool = new CachePool(decoder.Layout);
        }

        public KeyValueCache NewCache() => new(pool);

        public float[][] Run(SequenceSlice[] slices)
        {
            using var logits = new Tensor(slices.Sum(slice => slice.LogitRows), decoder.Config.VocabularySize);
            decoder.Run(slices, logits.Pointer);
            return [.. Enumerable.Range(0, logits.Rows).Select(row => logits.Row(row).ToArray())];
        }

        public float[][] All(int[] tokens, int chunk = int.MaxValue)
        {
            using var cache = NewCache();
            var rows = new List<float[]>();
            for (var start = 0; start < tokens.Length; start += Math.Min(chunk, tokens.Length))
                rows.AddRange(Run([new SequenceSlice(cache, tokens.AsMemory(start, Math.Min(chunk, tokens.Length - start)), Lookout.All)]));
            return [.. rows];
        }

        public void Dispose()
        {
            pool.Dispose();
            decoder.Dispose();
        }
    }
}
