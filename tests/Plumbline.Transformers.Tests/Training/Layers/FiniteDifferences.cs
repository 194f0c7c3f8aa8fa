using Plumbline.Transformers.Tensors;
using Shouldly;

namespace Plumbline.Transformers.Tests.Training.Layers;

/// <summary>
/// Compares a gradient with differences of the loss along random directions: four points, so that the error falls with the fourth power of
/// the step, and the rounding of F32 (the loss itself is summed in doubles) stays far below the tolerance.
/// </summary>
internal static unsafe class FiniteDifferences
{
    private const int Directions = 6;
    private const double Step = 0.02;
    private const double Tolerance = 2e-3;

    public static Tensor Noise(int rows, int columns, int seed, double centre = 0, double spread = 1)
    {
        var random = new Random(seed);
        var tensor = new Tensor(rows, columns);
        foreach (ref var value in tensor.Span)
            value = (float)(centre + (spread * ((2 * random.NextDouble()) - 1)));
        return tensor;
    }

    /// <summary>Σ weights ⊙ values: a loss whose gradient for the values is the weights.</summary>
    public static double Weigh(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++)
            sum += (double)values[i] * weights[i];
        return sum;
    }

    /// <summary><paramref name="loss"/> reads <paramref name="count"/> values at <paramref name="input"/> anew each time.</summary>
    public static void Check(string name, float* input, int count, Func<double> loss, ReadOnlySpan<float> gradient)
    {
        var random = new Random(11);
        var original = new ReadOnlySpan<float>(input, count).ToArray();
        var direction = new double[count];
        var norm = Math.Sqrt(Weigh(gradient, gradient));
        for (var n = 0; n < Directions; n++)
        {
            var expected = 0.0;
            for (var i = 0; i < count; i++)
            {
                direction[i] = random.Next(2) == 0 ? -1 : 1;
                expected += direction[i] * gradient[i];
            }

            double At(double step)
            {
                for (var i = 0; i < count; i++)
                    input[i] = (float)(original[i] + (step * direction[i]));
                return loss();
            }

            var measured = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            original.CopyTo(new Span<float>(input, count));
            Math.Abs(measured - expected).ShouldBeLessThan(Tolerance * Math.Max(norm, Math.Abs(expected)), $"{name}, direction {n}: measured {measured}, computed {expected}");
        }
    }

    public static void Check(string name, Tensor input, Func<double> loss, Tensor gradient) =>
        Check(name, input.Pointer, (int)input.Length, loss, gradient.Span);
}
