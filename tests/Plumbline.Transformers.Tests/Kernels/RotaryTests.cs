using System.Numerics;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Kernels;

public sealed unsafe class RotaryTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(64)]
    public void Turns_pairs_as_complex_numbers(int headSize)
    {
        const int Heads = 3;
        const int Position = 77;
        using var rotary = new Rotary(headSize, 100, 10_000, null);
        using var x = Rng.Normal(1, Heads, headSize);
        using var turned = Rng.Copy(x);
        rotary.Apply(turned.Pointer, Heads, Position);
        var half = headSize / 2;
        for (var head = 0; head < Heads; head++)
        {
            for (var i = 0; i < half; i++)
            {
                var angle = Position * Math.Pow(10_000, -2.0 * i / headSize);
                var expected = new Complex(x.Row(head)[i], x.Row(head)[half + i]) * Complex.FromPolarCoordinates(1, angle);
                turned.Row(head)[i].ShouldBe((float)expected.Real, 3e-5f);
                turned.Row(head)[half + i].ShouldBe((float)expected.Imaginary, 3e-5f);
            }
        }

        rotary.ApplyInverse(turned.Pointer, Heads, Position);
        for (var i = 0; i < x.Length; i++)
            turned.Span[i].ShouldBe(x.Span[i], 1e-6f);
    }

    [Fact]
    public void Scores_depend_on_the_distance_alone()
    {
        using var rotary = new Rotary(32, 500, 500_000, new Llama3RopeScaling(8, 1, 4, 128));
        using var query = Rng.Normal(1, 1, 32);
        using var key = Rng.Normal(2, 1, 32);
        float Score(int at, int to)
        {
            using var q = Rng.Copy(query);
            using var k = Rng.Copy(key);
            rotary.Apply(q.Pointer, 1, at);
            rotary.Apply(k.Pointer, 1, to);
            return VectorKernels.Dot(q.Pointer, k.Pointer, 32);
        }

        Score(17, 5).ShouldBe(Score(412, 400), 1e-4f);
    }

    [Fact]
    public void Llama3_scaling_keeps_short_waves_and_stretches_long_ones()
    {
        // Llama 3.1's own settings. Frequency 0 has a wavelength of 2π (kept), the last one of 2π · 500000^(63/64) (÷ 8).
        using var plain = new Rotary(128, 9, 500_000, null);
        using var scaled = new Rotary(128, 9, 500_000, new Llama3RopeScaling(8, 1, 4, 8192));
        Angle(scaled, 0).ShouldBe(Angle(plain, 0));
        Angle(scaled, 63).ShouldBe(Angle(plain, 63) / 8, 1e-9);

        // Between: transformers 4.46's modeling_rope_utils for i = 32, wavelength 4442.88 of 8192.
        var frequency = Math.Pow(500_000, -0.5);
        var smooth = ((8192 * frequency / (2 * Math.PI)) - 1) / 3;
        Angle(scaled, 32).ShouldBe(8 * (((1 - smooth) * frequency / 8) + (smooth * frequency)), 1e-6);
    }

    [Fact]
    public void Refuses_an_odd_head_and_a_position_beyond_its_tables()
    {
        Should.Throw<ArgumentException>(() => new Rotary(7, 4, 10_000, null));
        using var rotary = new Rotary(4, 4, 10_000, null);
        using var x = new Tensor(1, 4);
        Should.Throw<ArgumentOutOfRangeException>(() => rotary.Apply(x.Pointer, 1, 4));
    }

    private static double Angle(Rotary rotary, int i)
    {
        using var unit = new Tensor(1, 128);
        unit.Span[i] = 1;
        rotary.Apply(unit.Pointer, 1, 8);
        return Math.Atan2(unit.Span[64 + i], unit.Span[i]);
    }
}
