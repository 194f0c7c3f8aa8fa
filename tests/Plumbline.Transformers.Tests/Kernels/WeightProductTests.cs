using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

public sealed unsafe class WeightProductTests
{
    public static TheoryData<DType> Types => [DType.F32, DType.F16, DType.BF16, DType.Q8_0];

    [Theory]
    [MemberData(nameof(Types))]
    public void Agrees_with_a_float64_product_of_the_decoded_weight(DType type)
    {
        using var team = new WorkerTeam(2);
        foreach (var (m, rows, columns) in Shapes(type))
        {
            using var stored = new StoredWeights(rows + columns, type, rows, columns);
            using var decoded = stored.Weight.ToTensor();
            using var x = Rng.Normal(m, m, columns + 3);
            using var y = new Tensor(m, rows + 2);
            WeightProduct.Apply(team, stored.Weight, x.Pointer, columns + 3, m, y.Pointer, rows + 2);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < rows; j++)
                {
                    var (sum, magnitude) = (0.0, 0.0);
                    for (var p = 0; p < columns; p++)
                    {
                        var term = x.Row(i)[p] * (double)decoded.Row(j)[p];
                        sum += term;
                        magnitude += Math.Abs(term);
                    }

                    if (!(Math.Abs(y.Row(i)[j] - sum) <= (columns + 2) * Math.Pow(2, -24) * magnitude))
                        Assert.Fail($"{m} × {rows} × {columns} at {i}, {j}: {y.Row(i)[j]}, not {sum}");
                }

                y.Row(i)[rows..].ToArray().ShouldAllBe(value => value == 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_row_has_the_same_bits_in_every_batch_team_and_dtype(DType type)
    {
        const int Most = 23;
        foreach (var (rows, columns) in new[] { (3, 64), (70, 96), (700, 224), (130, type == DType.Q8_0 ? 160 : 155) })
        {
            using var stored = new StoredWeights(rows, type, rows, columns);
            using var decoded = stored.Weight.ToTensor();
            using var x = Rng.Normal(1, Most, columns);
            using var alone = new Tensor(Most, rows);
            using (var one = new WorkerTeam(1))
            {
                for (var i = 0; i < Most; i++)
                    WeightProduct.Apply(one, stored.Weight, x.Row(i).Pointer(), columns, 1, alone.Row(i).Pointer(), rows);
            }

            foreach (var threads in new[] { 1, 2, 3 })
            {
                using var team = new WorkerTeam(threads);
                foreach (var weight in new[] { stored.Weight, new Weight("decoded", decoded) })
                {
                    foreach (var m in new[] { 1, 2, 3, 4, 5, 8, Most })
                    {
                        using var y = new Tensor(m, rows);
                        WeightProduct.Apply(team, weight, x.Pointer, columns, m, y.Pointer, rows);
                        if (!y.Span.SequenceEqual(alone.Span[..(m * rows)]))
                            Assert.Fail($"{threads} threads, {weight.Type}, {m} × {rows} × {columns}");
                    }
                }
            }
        }
    }

    [Fact]
    public void Any_shape_gives_each_row_what_it_has_alone()
    {
        using var team = new WorkerTeam(2);
        var sizes = Gen.OneOf(Gen.Choose(0, 9), Gen.Choose(0, 40), Gen.Choose(1, 130));
        var shapes = Gen.Elements(DType.F32, DType.F16, DType.BF16, DType.Q8_0).SelectMany(type =>
            Gen.Choose(0, 40).SelectMany(m => sizes.SelectMany(rows => sizes.Select(k => (Type: type, M: m, Rows: rows, K: type == DType.Q8_0 ? 32 * (k % 9) : k)))));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(shapes.ToArbitrary(), shape =>
        {
            using var stored = new StoredWeights(shape.K, shape.Type, shape.Rows, shape.K);
            using var x = Rng.Normal(shape.M, shape.M, shape.K);
            using var together = new Tensor(shape.M, shape.Rows);
            using var alone = new Tensor(1, shape.Rows);
            WeightProduct.Apply(team, stored.Weight, x.Pointer, shape.K, shape.M, together.Pointer, shape.Rows);
            for (var row = 0; row < shape.M; row++)
            {
                WeightProduct.Apply(team, stored.Weight, x.Row(row).Pointer(), shape.K, 1, alone.Pointer, shape.Rows);
                together.Row(row).SequenceEqual(alone.Span).ShouldBeTrue();
                for (var column = 0; column < shape.Rows; column++)
                    alone.Span[column].ShouldBe(Naive(stored.Weight, column, x.Row(row)), 1e-4f);
            }
        }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Several_weights_at_once_give_what_each_gives_alone(int m)
    {
        using var team = new WorkerTeam(2);
        using var wide = new StoredWeights(1, DType.F16, 333, 192);
        using var narrow = new StoredWeights(2, DType.Q8_0, 5, 192);
        using var none = new StoredWeights(3, DType.F32, 0, 192);
        using var last = new StoredWeights(4, DType.F32, 192, 192);
        using var x = Rng.Normal(5, m, 192);
        var weights = new[] { wide.Weight, narrow.Weight, none.Weight, last.Weight };
        var together = weights.Select(w => new Tensor(m, w.Rows)).ToArray();
        WeightProduct.ApplyEach(team, [.. weights.Select((w, i) => new WeightOutput(w, together[i].Pointer, w.Rows))], x.Pointer, 192, m);
        for (var i = 0; i < weights.Length; i++)
        {
            using var alone = new Tensor(m, weights[i].Rows);
            WeightProduct.Apply(team, weights[i], x.Pointer, 192, m, alone.Pointer, weights[i].Rows);
            together[i].Span.SequenceEqual(alone.Span).ShouldBeTrue(weights[i].Type.ToString());
            together[i].Dispose();
        }
    }

    [Fact]
    public void Refuses_rows_that_would_overlap()
    {
        using var team = new WorkerTeam(1);
        using var stored = new StoredWeights(1, DType.F32, 8, 4);
        using var x = new Tensor(2, 8);
        Should.Throw<ArgumentOutOfRangeException>(() => WeightProduct.Apply(team, stored.Weight, x.Pointer, 3, 2, x.Pointer, 8));
        Should.Throw<ArgumentOutOfRangeException>(() => WeightProduct.Apply(team, stored.Weight, x.Pointer, 4, 2, x.Pointer, 7));
        Should.Throw<ArgumentOutOfRangeException>(() => WeightProduct.Apply(team, stored.Weight, x.Pointer, 4, -1, x.Pointer, 8));
    }

    [Fact]
    public void Reads_every_binary16_exactly()
    {
        using var team = new WorkerTeam(1);
        var halves = new Half[1 << 16];
        for (var bits = 0; bits < halves.Length; bits++)
            halves[bits] = BitConverter.UInt16BitsToHalf((ushort)bits);
        // Each value in a row of its own among zeros, at an index that is read as part of a vector.
        var rows = new Half[halves.Length * 16];
        for (var bits = 0; bits < halves.Length; bits++)
            rows[(bits * 16) + (bits % 16)] = halves[bits];
        using var ones = new Tensor(1, 16);
        ones.Span.Fill(1);
        using var y = new Tensor(1, halves.Length);
        fixed (Half* data = rows)
            WeightProduct.Apply(team, new Weight("halves", halves.Length, 16, DType.F16, (byte*)data, rows), ones.Pointer, 16, 1, y.Pointer, halves.Length);
        for (var bits = 0; bits < halves.Length; bits++)
            Assert.Equal((float)halves[bits], y.Span[bits]);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void NaN_reaches_its_own_row_only(DType type)
    {
        using var team = new WorkerTeam(2);
        using var stored = new StoredWeights(1, type, 50, 64);
        using var x = Rng.Normal(1, 5, 64);
        using var y = new Tensor(5, 50);
        x.Row(3)[63] = float.NaN;
        WeightProduct.Apply(team, stored.Weight, x.Pointer, 64, 5, y.Pointer, 50);
        for (var i = 0; i < 5; i++)
            y.Row(i).ToArray().ShouldAllBe(value => float.IsNaN(value) == (i == 3));
    }

    private static float Naive(Weight weight, int row, Span<float> x)
    {
        var decoded = new float[weight.Columns];
        weight.CopyRow(row, decoded);
        var sum = 0.0;
        for (var i = 0; i < decoded.Length; i++)
            sum += decoded[i] * (double)x[i];
        return (float)sum;
    }

    private static IEnumerable<(int M, int Rows, int Columns)> Shapes(DType type)
    {
        yield return (0, 5, 32);
        yield return (1, 1, 32);
        yield return (2, 7, 64);
        yield return (5, 33, 96);
        yield return (7, 300, 256);
        if (type == DType.Q8_0)
            yield break;
        yield return (1, 3, 1);
        yield return (3, 6, 7);
        yield return (4, 9, 45);
        yield return (3, 4, 0);
    }
}
