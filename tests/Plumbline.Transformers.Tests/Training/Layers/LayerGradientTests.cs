using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Plumbline.Transformers.Training.Layers;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training.Layers;

/// <summary>The way back of each layer against differences of its way there.</summary>
public sealed unsafe class LayerGradientTests : IDisposable
{
    private readonly WorkerTeam team = new(2);
    private readonly ActivationArena arena = new();

    public void Dispose()
    {
        arena.Dispose();
        team.Dispose();
    }

    [Theory]
    [InlineData(24, 1)]
    [InlineData(19, 1)]
    [InlineData(16, 3)]
    public void RmsNorm_has_the_gradients_of_its_differences(int width, int groups)
    {
        const int Rows = 70;
        using var x = FiniteDifferences.Noise(Rows, width * groups, 1);
        using var weight = FiniteDifferences.Noise(1, width, 2, centre: 1, spread: 0.5);
        using var wanted = FiniteDifferences.Noise(Rows, width * groups, 3);
        using var y = new Tensor(Rows, width * groups);
        using var inverse = new Tensor(Rows, groups);
        using var dx = new Tensor(Rows, width * groups);
        using var dWeight = new Tensor(1, width);
        var norm = new RmsNorm(width, 1e-5f);
        double Loss()
        {
            norm.Forward(team, Rows, groups, weight.Pointer, x.Pointer, width * groups, y.Pointer, width * groups, inverse.Pointer);
            return FiniteDifferences.Weigh(y.Span, wanted.Span);
        }

        Loss();
        norm.Backward(
            team, Rows, groups, weight.Pointer, x.Pointer, width * groups, inverse.Pointer, wanted.Pointer, width * groups, dx.Pointer, width * groups,
            dWeight.Pointer, arena.Take((long)RowPartition.Blocks(Rows) * width));
        FiniteDifferences.Check("x", x, Loss, dx);
        FiniteDifferences.Check("weight", weight, Loss, dWeight);
    }

    [Theory]
    [InlineData(13)]
    [InlineData(600)]
    public void SiluGate_has_the_gradients_of_its_differences_and_gives_its_value_back(int width)
    {
        const int Rows = 3;
        using var gateUp = FiniteDifferences.Noise(Rows, 2 * width, 1, spread: 2);
        using var wanted = FiniteDifferences.Noise(Rows, width, 2);
        using var h = new Tensor(Rows, width);
        var gate = new SiluGate(width);
        double Loss()
        {
            gate.Forward(team, Rows, gateUp.Pointer, h.Pointer);
            return FiniteDifferences.Weigh(h.Span, wanted.Span);
        }

        Loss();
        using var gradients = Copy(gateUp);
        using var dh = Copy(wanted);
        gate.Backward(team, Rows, gradients.Pointer, dh.Pointer);
        dh.Span.ToArray().ShouldBe(h.Span.ToArray());
        FiniteDifferences.Check("gate and up", gateUp, Loss, gradients);
    }

    [Fact]
    public void Rotation_has_the_gradients_of_its_differences()
    {
        const int Heads = 3;
        const int HeadSize = 12;
        using var rotation = new Rotation(new Rotary(HeadSize, 64, 10_000f, new Llama3RopeScaling(8, 1, 4, 32)));
        var batch = Batch(30, 5);
        using var x = FiniteDifferences.Noise(batch.Count, Heads * HeadSize, 1);
        using var wanted = FiniteDifferences.Noise(batch.Count, Heads * HeadSize, 2);
        using var y = new Tensor(batch.Count, Heads * HeadSize);
        double Loss()
        {
            x.Span.CopyTo(y.Span);
            rotation.Apply(team, batch, Heads, y.Pointer, Heads * HeadSize, inverse: false);
            return FiniteDifferences.Weigh(y.Span, wanted.Span);
        }

        using var dx = Copy(wanted);
        rotation.Apply(team, batch, Heads, dx.Pointer, Heads * HeadSize, inverse: true);
        FiniteDifferences.Check("x", x, Loss, dx);
    }

    [Theory]
    [InlineData(4, 2, 16, null)]
    [InlineData(3, 3, 8, null)]
    [InlineData(2, 1, 20, 7)]
    [InlineData(4, 1, 32, 33)]
    public void Attention_has_the_gradients_of_its_differences(int heads, int keyValueHeads, int headSize, int? window)
    {
        var shape = new AttentionShape(heads, keyValueHeads, headSize, window);
        using var attention = new CausalAttention(shape);
        var batch = Batch(61, 1, 26, 24);
        using var rows = FiniteDifferences.Noise(batch.Count, shape.RowWidth, 1);
        using var wanted = FiniteDifferences.Noise(batch.Count, shape.QueryWidth, 2);
        using var output = new Tensor(batch.Count, shape.QueryWidth);
        using var logSums = new Tensor(batch.Count, heads);
        using var dRows = new Tensor(batch.Count, shape.RowWidth);
        double Loss()
        {
            attention.Forward(team, batch, rows.Pointer, output.Pointer, logSums.Pointer);
            return FiniteDifferences.Weigh(output.Span, wanted.Span);
        }

        Loss();
        attention.Backward(team, batch, rows.Pointer, output.Pointer, logSums.Pointer, wanted.Pointer, dRows.Pointer);
        FiniteDifferences.Check("query, key and value", rows, Loss, dRows);
    }

    [Fact]
    public void Attention_sees_neither_what_comes_after_nor_other_sequences_nor_what_is_out_of_the_window()
    {
        var shape = new AttentionShape(2, 1, 16, Window: 10);
        using var attention = new CausalAttention(shape);
        var batch = Batch(40, 30);
        using var rows = FiniteDifferences.Noise(batch.Count, shape.RowWidth, 1);
        using var before = new Tensor(batch.Count, shape.QueryWidth);
        using var after = new Tensor(batch.Count, shape.QueryWidth);
        using var logSums = new Tensor(batch.Count, 2);
        attention.Forward(team, batch, rows.Pointer, before.Pointer, logSums.Pointer);
        rows.Row(20).Fill(3f);
        attention.Forward(team, batch, rows.Pointer, after.Pointer, logSums.Pointer);
        for (var row = 0; row < batch.Count; row++)
            after.Row(row).SequenceEqual(before.Row(row)).ShouldBe(row is < 20 or >= 30, $"row {row}");
    }

    [Fact]
    public void A_trained_projection_has_the_gradients_of_its_differences()
    {
        const int Rows = 37;
        using var store = new ParameterStore();
        var weight = store.Add([new("a", 0, 9), new("b", 9, 12)], 14, decays: true);
        var bias = store.Add("bias", 21, 1, decays: false);
        using var projection = new Projection(weight, bias);
        using var noise = FiniteDifferences.Noise(1, (int)store.Length, 1);
        noise.Span.CopyTo(new Span<float>(store.Values, (int)store.Length));
        using var x = FiniteDifferences.Noise(Rows, 14, 2);
        using var wanted = FiniteDifferences.Noise(Rows, 21, 3);
        using var y = new Tensor(Rows, 21);
        using var dx = new Tensor(Rows, 14);
        double Loss()
        {
            projection.Forward(team, Rows, x.Pointer, y.Pointer, accumulate: false, passKey: null, scratch: null);
            return FiniteDifferences.Weigh(y.Span, wanted.Span);
        }

        projection.WeightGradients(team, Rows, x.Pointer, wanted.Pointer, passKey: null, scratch: null);
        projection.InputGradient(team, Rows, wanted.Pointer, dx.Pointer, passKey: null, scratch: null);
        FiniteDifferences.Check("x", x, Loss, dx);
        FiniteDifferences.Check("weight", weight.Value, (int)weight.Length, Loss, weight.GradientSpan);
        FiniteDifferences.Check("bias", bias.Value, (int)bias.Length, Loss, bias.GradientSpan);
    }

    [Theory]
    [InlineData(3, 0f)]
    [InlineData(8, 0f)]
    [InlineData(8, 0.3f)]
    [InlineData(20, 0.3f)]
    public void An_adapted_projection_has_the_gradients_of_its_differences(int rank, float dropout)
    {
        const int Rows = 70;
        using var first = FiniteDifferences.Noise(18, 14, 1);
        using var second = FiniteDifferences.Noise(70, 14, 2);
        using var store = new ParameterStore();
        var adapter = new AdapterPart("second", 18, 70, Id: 5, store.Add("A", rank, 14, decays: true), store.Add("B", 70, rank, decays: true));
        using var noise = FiniteDifferences.Noise(1, (int)store.Length, 3);
        noise.Span.CopyTo(new Span<float>(store.Values, (int)store.Length));
        using var projection = new Projection([new Weight("first", first), new Weight("second", second)], [], [adapter], new LoraSettings(rank, 0.7f, dropout));
        using var x = FiniteDifferences.Noise(Rows, 14, 4);
        using var wanted = FiniteDifferences.Noise(Rows, 88, 5);
        using var y = new Tensor(Rows, 88);
        using var dx = new Tensor(Rows, 14);
        var scratch = arena.Take(projection.ScratchLength(Rows));
        double Loss()
        {
            projection.Refresh(team);
            projection.Forward(team, Rows, x.Pointer, y.Pointer, accumulate: false, passKey: 9, scratch);
            return FiniteDifferences.Weigh(y.Span, wanted.Span);
        }

        Loss();
        projection.WeightGradients(team, Rows, x.Pointer, wanted.Pointer, passKey: 9, scratch);
        projection.InputGradient(team, Rows, wanted.Pointer, dx.Pointer, passKey: 9, scratch);
        FiniteDifferences.Check("x", x, Loss, dx);
        FiniteDifferences.Check("A", adapter.A.Value, (int)adapter.A.Length, Loss, adapter.A.GradientSpan);
        FiniteDifferences.Check("B", adapter.B.Value, (int)adapter.B.Length, Loss, adapter.B.GradientSpan);
    }

    [Fact]
    public void An_adapter_without_dropout_computes_the_same_folded_in_and_on_its_own()
    {
        const int Rows = 40;
        using var weight = FiniteDifferences.Noise(24, 32, 1);
        using var store = new ParameterStore();
        var adapter = new AdapterPart("m", 0, 24, Id: 0, store.Add("A", 8, 32, decays: true), store.Add("B", 24, 8, decays: true));
        using var noise = FiniteDifferences.Noise(1, (int)store.Length, 3);
        noise.Span.CopyTo(new Span<float>(store.Values, (int)store.Length));
        using var x = FiniteDifferences.Noise(Rows, 32, 4);
        float[] Compute(float dropout)
        {
            using var projection = new Projection([new Weight("m", weight)], [], [adapter], new LoraSettings(8, 2f, dropout));
            using var y = new Tensor(Rows, 24);
            projection.Refresh(team);
            projection.Forward(team, Rows, x.Pointer, y.Pointer, accumulate: false, passKey: null, arena.Take(projection.ScratchLength(Rows)));
            return y.Span.ToArray();
        }

        Closeness.RelativeError(Compute(0.5f), Compute(0f)).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void Embedding_has_the_gradients_of_its_differences()
    {
        var batch = Batch(33, 9);
        using var store = new ParameterStore();
        var table = store.Add("embedding", 50, 70, decays: true);
        using var noise = FiniteDifferences.Noise(50, 70, 1);
        noise.Span.CopyTo(table.ValueSpan);
        using var wanted = FiniteDifferences.Noise(batch.Count, 70, 2);
        using var x = new Tensor(batch.Count, 70);
        var embedding = new TokenEmbedding(new Weight("embedding", noise), table);
        double Loss()
        {
            embedding.Forward(team, batch, x.Pointer);
            return FiniteDifferences.Weigh(x.Span, wanted.Span);
        }

        embedding.Backward(team, batch, wanted.Pointer);
        FiniteDifferences.Check("embedding", table.Value, (int)table.Length, Loss, table.GradientSpan);
    }

    [Fact]
    public void Head_has_the_gradients_of_its_differences()
    {
        const int Rows = 40;
        using var store = new ParameterStore();
        var weight = store.Add("head", 30, 12, decays: true);
        using var noise = FiniteDifferences.Noise(30, 12, 1);
        noise.Span.CopyTo(weight.ValueSpan);
        using var hidden = FiniteDifferences.Noise(Rows, 12, 2);
        using var dHidden = new Tensor(Rows, 12);
        using var logits = new Tensor(Rows, 30);
        var random = new Random(3);
        var targets = Enumerable.Range(0, Rows).Select(_ => random.Next(30)).ToArray();
        using var head = new CrossEntropyHead(new Weight("head", noise), weight);
        double Loss() => 0.25 * head.Loss(team, targets, hidden.Pointer, logits.Pointer);

        head.ForwardBackward(team, targets, 0.25f, hidden.Pointer, dHidden.Pointer, logits.Pointer).ShouldBe(Loss(), 1e-5);
        FiniteDifferences.Check("hidden", hidden, Loss, dHidden);
        FiniteDifferences.Check("weight", weight.Value, (int)weight.Length, Loss, weight.GradientSpan);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 16, 5)]
    [InlineData(13, 37, 21)]
    [InlineData(8, 24, 64)]
    [InlineData(7, 8, 3)]
    [InlineData(11, 41, 30)]
    public void HeadProduct_multiplies(int m, int n, int k)
    {
        foreach (var transposed in new[] { false, true })
        {
            foreach (var accumulate in new[] { false, true })
            {
                using var a = FiniteDifferences.Noise(transposed ? k : m, transposed ? m : k, 1);
                using var b = FiniteDifferences.Noise(k, n, 2);
                using var c = FiniteDifferences.Noise(m, n, 3);
                var expected = new float[m * n];
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        var sum = accumulate ? c.Row(i)[j] : 0.0;
                        for (var l = 0; l < k; l++)
                            sum += (double)(transposed ? a.Row(l)[i] : a.Row(i)[l]) * b.Row(l)[j];
                        expected[(i * n) + j] = (float)sum;
                    }
                }

                HeadProduct.Multiply(m, n, k, a.Pointer, transposed ? 1 : k, transposed ? m : 1, b.Pointer, n, c.Pointer, n, accumulate);
                Closeness.RelativeError(c.Span, expected).ShouldBeLessThan(1e-6);
            }
        }
    }

    /// <summary>Sequences of these many inputs, every one of which carries loss.</summary>
    private static PackedBatch Batch(params int[] lengths)
    {
        var random = new Random(17);
        var batch = new PackedBatch();
        foreach (var length in lengths)
            batch.Add([.. Enumerable.Range(0, length + 1).Select(_ => random.Next(50))], [.. Enumerable.Repeat(true, length + 1)]);
        return batch;
    }

    private static Tensor Copy(Tensor tensor)
    {
        var copy = new Tensor(tensor.Rows, tensor.Columns);
        tensor.Span.CopyTo(copy.Span);
        return copy;
    }
}
