using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Kernels.Vectors;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Every kernel against its definition in float64; every backward kernel against finite differences of that definition.</summary>
public sealed unsafe class VectorKernelsTests
{
    // Around one, two and four vectors of every width, with and without a tail.
    public static TheoryData<int> Lengths => [1, 2, 5, 8, 15, 16, 17, 31, 33, 64, 100, 257];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Dot_axpy_add_scale_max(int n)
    {
        using var x = Rng.Normal(1, 1, n);
        using var y = Rng.Normal(2, 1, n);
        using var sum = new Tensor(1, n);
        var (dx, dy) = (Doubles(x), Doubles(y));
        VectorKernels.Dot(x.Pointer, y.Pointer, n).ShouldBe((float)dx.Zip(dy, (a, b) => a * b).Sum(), 1e-4f);
        VectorKernels.Max(x.Pointer, n).ShouldBe((float)dx.Max());
        VectorKernels.Add(x.Pointer, y.Pointer, sum.Pointer, n);
        ShouldBeClose(sum, dx.Zip(dy, (a, b) => a + b));
        VectorKernels.Axpy(-0.5f, x.Pointer, y.Pointer, n);
        ShouldBeClose(y, dx.Zip(dy, (a, b) => (-0.5 * a) + b));
        VectorKernels.Scale(3, x.Pointer, n);
        ShouldBeClose(x, dx.Select(a => 3 * a));
    }

    [Fact]
    public void Exponentials_are_exact_to_two_units_in_the_last_place()
    {
        const int N = 4096;
        using var x = new Tensor(1, N);
        for (var i = 0; i < N; i++)
            x.Span[i] = -100f + (100f * i / (N - 1));
        var expected = Doubles(x).Select(Math.Exp).ToArray();
        var sum = expected.Sum();
        VectorKernels.Softmax(x.Pointer, N);
        for (var i = 0; i < N; i++)
        {
            var scale = sum * x.Span[i];
            if (!(Math.Abs(scale - expected[i]) < (5e-7 * expected[i]) + 1e-43))
                Assert.Fail($"e^{-100f + (100f * i / (N - 1))}");
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Softmax_and_log_sum_exp(int n)
    {
        using var x = Rng.Normal(3, 1, n, 4);
        var dx = Doubles(x);
        VectorKernels.LogSumExp(x.Pointer, n).ShouldBe((float)LogSumExp(dx), 1e-5f);
        VectorKernels.Softmax(x.Pointer, n);
        ShouldBeClose(x, Softmax(dx));
    }

    [Fact]
    public void Softmax_of_masked_and_huge_scores()
    {
        using var x = new Tensor(1, 40);
        x.Span.Fill(float.NegativeInfinity);
        x.Span[3] = 3e38f;
        x.Span[38] = 3e38f;
        VectorKernels.Softmax(x.Pointer, 40);
        for (var i = 0; i < 40; i++)
            x.Span[i].ShouldBe(i is 3 or 38 ? 0.5f : 0);
    }

    [Fact]
    public void NaN_is_not_swallowed()
    {
        foreach (var at in new[] { 0, 9, 39 })
        {
            using var x = Rng.Normal(1, 1, 40);
            using var one = Rng.Normal(2, 1, 40);
            using var y = new Tensor(1, 40);
            x.Span[at] = float.NaN;
            VectorKernels.SiluGate(x.Pointer, one.Pointer, y.Pointer, 40);
            float.IsNaN(y.Span[at]).ShouldBeTrue();
            float.IsNaN(VectorKernels.LogSumExp(x.Pointer, 40)).ShouldBeTrue();
            float.IsNaN(VectorKernels.RmsNorm(x.Pointer, one.Pointer, 40, 1e-5f, y.Pointer)).ShouldBeTrue();
            VectorKernels.Softmax(x.Pointer, 40);
            x.Span.ToArray().ShouldAllBe(value => float.IsNaN(value));
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Cross_entropy_and_its_gradient(int n)
    {
        using var x = Rng.Normal(5, 1, n, 3);
        var logits = Doubles(x);
        double Loss(double[] z) => 0.25 * (LogSumExp(z) - z[n / 2]);
        var expected = Gradient(logits, Loss);
        VectorKernels.CrossEntropy(x.Pointer, n, n / 2, 0.25f).ShouldBe((float)Loss(logits), 1e-5f);
        ShouldBeClose(x, expected);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rms_norm_and_its_gradients(int n)
    {
        using var x = Rng.Normal(6, 1, n);
        using var weight = Rng.Normal(7, 1, n);
        using var dy = Rng.Normal(8, 1, n);
        using var y = new Tensor(1, n);
        var (xs, ws, ds) = (Doubles(x), Doubles(weight), Doubles(dy));
        var inverse = VectorKernels.RmsNorm(x.Pointer, weight.Pointer, n, 1e-3f, y.Pointer);
        ShouldBeClose(y, RmsNorm(xs, ws));

        using var dx = Rng.Normal(9, 1, n);
        using var dw = Rng.Normal(10, 1, n);
        var (dxBefore, dwBefore) = (Doubles(dx), Doubles(dw));
        VectorKernels.RmsNormBackward(dy.Pointer, x.Pointer, weight.Pointer, n, inverse, dx.Pointer, dw.Pointer);
        ShouldBeClose(dx, Gradient(xs, z => RmsNorm(z, ws).Zip(ds, (a, b) => a * b).Sum()).Zip(dxBefore, (a, b) => a + b));
        ShouldBeClose(dw, Gradient(ws, z => RmsNorm(xs, z).Zip(ds, (a, b) => a * b).Sum()).Zip(dwBefore, (a, b) => a + b));
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Silu_gate_and_its_gradients(int n)
    {
        using var gate = Rng.Normal(11, 1, n, 5);
        using var up = Rng.Normal(12, 1, n);
        using var dy = Rng.Normal(13, 1, n);
        using var y = new Tensor(1, n);
        var (gs, us, ds) = (Doubles(gate), Doubles(up), Doubles(dy));
        VectorKernels.SiluGate(gate.Pointer, up.Pointer, y.Pointer, n);
        ShouldBeClose(y, SiluGate(gs, us));
        VectorKernels.SiluGateBackward(dy.Pointer, gate.Pointer, up.Pointer, gate.Pointer, up.Pointer, n);
        ShouldBeClose(gate, Gradient(gs, z => SiluGate(z, us).Zip(ds, (a, b) => a * b).Sum()));
        ShouldBeClose(up, Gradient(us, z => SiluGate(gs, z).Zip(ds, (a, b) => a * b).Sum()));
    }

    [Fact]
    public void Silu_gate_of_extremes()
    {
        using var gate = new Tensor(1, 16);
        using var up = new Tensor(1, 16);
        up.Span.Fill(1);
        float[] extremes = [-1e30f, -200, -90, 90, 200, 1e30f];
        extremes.CopyTo(gate.Span);
        VectorKernels.SiluGate(gate.Pointer, up.Pointer, gate.Pointer, 16);
        for (var i = 0; i < extremes.Length; i++)
            gate.Span[i].ShouldBe(Math.Max(extremes[i], 0), 1e-30f);
    }

    [Fact]
    public void AdamW_follows_its_definition()
    {
        const int N = 37;
        using var parameters = Rng.Normal(14, 1, N);
        using var first = new Tensor(1, N);
        using var second = new Tensor(1, N);
        var p = Doubles(parameters);
        var (m, v) = (new double[N], new double[N]);
        for (var t = 1; t <= 20; t++)
        {
            using var gradients = Rng.Normal(100 + t, 1, N);
            VectorKernels.AdamW(
                parameters.Pointer, gradients.Pointer, first.Pointer, second.Pointer, N, new AdamWStep(t, 0.01, 0.9, 0.95, 1e-8, 0.1, 0.5));
            for (var i = 0; i < N; i++)
            {
                // Algorithm 2 of the paper, line by line.
                var g = 0.5 * gradients.Span[i];
                m[i] = (0.9 * m[i]) + (0.1 * g);
                v[i] = (0.95 * v[i]) + (0.05 * g * g);
                var mHat = m[i] / (1 - Math.Pow(0.9, t));
                var vHat = v[i] / (1 - Math.Pow(0.95, t));
                p[i] -= 0.01 * ((mHat / (Math.Sqrt(vHat) + 1e-8)) + (0.1 * p[i]));
            }
        }

        ShouldBeClose(parameters, p);
    }

    private static double[] Doubles(Tensor x) => [.. x.Span.ToArray().Select(value => (double)value)];

    private static void ShouldBeClose(Tensor actual, IEnumerable<double> expected)
    {
        var i = 0;
        foreach (var value in expected)
        {
            if (!(Math.Abs(actual.Span[i] - value) < 2e-6 * (1 + Math.Abs(value))))
                Assert.Fail($"at {i} of {actual.Length}: {actual.Span[i]}, not {value}");
            i++;
        }

        i.ShouldBe((int)actual.Length);
    }

    /// <summary>Central differences of a function of float64 values.</summary>
    private static double[] Gradient(double[] x, Func<double[], double> function)
    {
        const double Step = 1e-5;
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            var (up, down) = ((double[])x.Clone(), (double[])x.Clone());
            up[i] += Step;
            down[i] -= Step;
            gradient[i] = (function(up) - function(down)) / (2 * Step);
        }

        return gradient;
    }

    private static double LogSumExp(double[] x)
    {
        var max = x.Max();
        return max + Math.Log(x.Sum(value => Math.Exp(value - max)));
    }

    private static double[] Softmax(double[] x)
    {
        var total = LogSumExp(x);
        return [.. x.Select(value => Math.Exp(value - total))];
    }

    private static double[] RmsNorm(double[] x, double[] weight)
    {
        var inverse = 1 / Math.Sqrt(x.Average(value => value * value) + 1e-3f);
        return [.. x.Zip(weight, (value, w) => w * value * inverse)];
    }

    private static double[] SiluGate(double[] gate, double[] up) => [.. gate.Zip(up, (g, u) => g / (1 + Math.Exp(-g)) * u)];
}
