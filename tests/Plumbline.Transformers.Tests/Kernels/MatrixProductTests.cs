using FsCheck;
using FsCheck.Fluent;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

public sealed unsafe class MatrixProductTests
{
    public sealed record Shape(bool TransA, bool TransB, int M, int N, int K, int Slack, float Alpha, float Beta, int Seed);

    [Fact]
    public void Agrees_with_a_float64_product()
    {
        using var team = new WorkerTeam(2);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Shapes(), shape =>
        {
            using var operands = new Operands(shape);
            var expected = operands.Reference();
            operands.Multiply(team);
            operands.ShouldBeWithinRounding(expected);
        }));
    }

    [Theory]
    [InlineData(false, false, 130, 70, 600)]
    [InlineData(false, true, 97, 3100, 33)]
    [InlineData(true, false, 200, 65, 513)]
    [InlineData(true, true, 61, 64, 300)]
    [InlineData(false, false, 40, 33, 1021)]
    public void Agrees_where_every_loop_is_cut_into_blocks(bool transA, bool transB, int m, int n, int k)
    {
        using var team = new WorkerTeam(2);
        using var operands = new Operands(new Shape(transA, transB, m, n, k, 3, 0.5f, 2, 7));
        var expected = operands.Reference();
        operands.Multiply(team);
        operands.ShouldBeWithinRounding(expected);
    }

    [Fact]
    public void Has_the_same_bits_for_any_number_of_threads()
    {
        var shape = new Shape(true, false, 301, 130, 520, 0, 1, 1, 11);
        var results = new List<float[]>();
        foreach (var threads in new[] { 1, 2, 3, 7 })
        {
            using var team = new WorkerTeam(threads);
            using var operands = new Operands(shape);
            operands.Multiply(team);
            results.Add(operands.C.Span.ToArray());
        }

        foreach (var result in results)
            result.AsSpan().SequenceEqual(results[0]).ShouldBeTrue();
    }

    [Fact]
    public void Rows_do_not_depend_on_how_many_there_are()
    {
        using var team = new WorkerTeam(2);
        using var many = new Operands(new Shape(false, true, 200, 40, 300, 0, 1, 0, 5));
        many.Multiply(team);
        foreach (var m in new[] { 1, 2, 5, 6, 7, 100 })
        {
            using var few = new Operands(new Shape(false, true, 200, 40, 300, 0, 1, 0, 5));
            MatrixProduct.Multiply(team, false, true, m, 40, 300, 1, few.A.Pointer, 300, few.B.Pointer, 300, 0, few.C.Pointer, 40);
            few.C.Span[..(m * 40)].SequenceEqual(many.C.Span[..(m * 40)]).ShouldBeTrue();
        }
    }

    [Fact]
    public void Zero_beta_overwrites_NaN_and_NaN_in_an_operand_reaches_its_row_only()
    {
        using var team = new WorkerTeam(1);
        using var operands = new Operands(new Shape(false, false, 13, 17, 20, 0, 1, 0, 3));
        operands.C.Span.Fill(float.NaN);
        operands.A.Row(4)[19] = float.NaN;
        operands.Multiply(team);
        for (var row = 0; row < 13; row++)
        {
            foreach (var value in operands.C.Row(row))
                float.IsNaN(value).ShouldBe(row == 4);
        }
    }

    [Fact]
    public void Refuses_a_leading_dimension_that_is_too_short()
    {
        using var team = new WorkerTeam(1);
        using var tensor = new Tensor(4, 4);
        Should.Throw<ArgumentOutOfRangeException>(() =>
            MatrixProduct.Multiply(team, false, false, 4, 4, 4, 1, tensor.Pointer, 3, tensor.Pointer, 4, 0, tensor.Pointer, 4));
    }

    private static Arbitrary<Shape> Shapes()
    {
        var size = Gen.OneOf(Gen.Choose(0, 20), Gen.Choose(0, 70), Gen.Choose(1, 200));
        var factor = Gen.Elements(0f, 1f, -0.5f, 2f);
        return Gen.Choose(0, 3).SelectMany(t =>
            size.SelectMany(m => size.SelectMany(n => size.SelectMany(k =>
                Gen.Choose(0, 5).SelectMany(slack => factor.SelectMany(alpha => factor.SelectMany(beta =>
                    Gen.Choose(0, 1000).Select(seed => new Shape((t & 1) == 1, (t & 2) == 2, m, n, k, slack, alpha, beta, seed))))))))).ToArbitrary();
    }

    /// <summary>The matrices of one product, with <see cref="Shape.Slack"/> floats between rows that must stay untouched.</summary>
    private sealed class Operands : IDisposable
    {
        private readonly Shape shape;
        private readonly float[] before;

        public Operands(Shape shape)
        {
            this.shape = shape;
            var (m, n, k, slack) = (shape.M, shape.N, shape.K, shape.Slack);
            A = shape.TransA ? Rng.Normal(shape.Seed, k, m + slack) : Rng.Normal(shape.Seed, m, k + slack);
            B = shape.TransB ? Rng.Normal(shape.Seed + 1, n, k + slack) : Rng.Normal(shape.Seed + 1, k, n + slack);
            C = Rng.Normal(shape.Seed + 2, m, n + slack);
            before = C.Span.ToArray();
        }

        public Tensor A { get; }

        public Tensor B { get; }

        public Tensor C { get; }

        public void Multiply(WorkerTeam team) => MatrixProduct.Multiply(
            team, shape.TransA, shape.TransB, shape.M, shape.N, shape.K, shape.Alpha, A.Pointer, A.Columns, B.Pointer, B.Columns, shape.Beta, C.Pointer, C.Columns);

        public (double Value, double Magnitude)[] Reference()
        {
            var expected = new (double, double)[shape.M * shape.N];
            var a = A.Span;
            var b = B.Span;
            var (lda, ldb) = (A.Columns, B.Columns);
            for (var row = 0; row < shape.M; row++)
            {
                for (var column = 0; column < shape.N; column++)
                {
                    var (sum, magnitude) = (0.0, 0.0);
                    for (var p = 0; p < shape.K; p++)
                    {
                        var term = a[shape.TransA ? (p * lda) + row : (row * lda) + p] * (double)b[shape.TransB ? (column * ldb) + p : (p * ldb) + column];
                        sum += term;
                        magnitude += Math.Abs(term);
                    }

                    var old = shape.Beta * (double)C.Row(row)[column];
                    expected[(row * shape.N) + column] = ((shape.Alpha * sum) + old, (Math.Abs(shape.Alpha) * magnitude) + Math.Abs(old));
                }
            }

            return expected;
        }

        public void ShouldBeWithinRounding((double Value, double Magnitude)[] expected)
        {
            for (var row = 0; row < shape.M; row++)
            {
                var actual = C.Row(row);
                for (var column = 0; column < shape.N; column++)
                {
                    var (value, magnitude) = expected[(row * shape.N) + column];
                    // Higham's bound for a sum of k rounded terms, with room for alpha and beta.
                    if (!(Math.Abs(actual[column] - value) <= (shape.K + 4) * Math.Pow(2, -24) * magnitude))
                        Assert.Fail($"{shape} at {row}, {column}: {actual[column]}, not {value}");
                }

                for (var column = shape.N; column < C.Columns; column++)
                    Assert.Equal(before[(row * C.Columns) + column], actual[column]);
            }
        }

        public void Dispose()
        {
            A.Dispose();
            B.Dispose();
            C.Dispose();
        }
    }
}
