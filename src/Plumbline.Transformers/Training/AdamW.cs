using System.Numerics;
using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Kernels.Vectors;
using Plumbline.Transformers.Training.Layers;

namespace Plumbline.Transformers.Training;

/// <summary>
/// The optimizer's state: both moments of every parameter. Sums and updates run over blocks whose bounds do not depend on the number of threads.
/// After Loshchilov and Hutter, "Decoupled weight decay regularization", 2017.
/// </summary>
internal sealed unsafe class AdamW : IDisposable
{
    private const int BlockLength = 16_384;
    private readonly ParameterStore store;
    private readonly (long Offset, int Count, bool Decays)[] blocks;
    private readonly double[] squares;

    public AdamW(ParameterStore store)
    {
        this.store = store;
        FirstMoment = new FlatBuffer(store.Length);
        SecondMoment = new FlatBuffer(store.Length);
        blocks = [.. store.Parameters.SelectMany(Blocks)];
        squares = new double[blocks.Length];
    }

    /// <summary>Mean of the gradients, in the store's order.</summary>
    public FlatBuffer FirstMoment { get; }

    /// <summary>Mean of the gradients' squares, in the store's order.</summary>
    public FlatBuffer SecondMoment { get; }

    /// <summary>Length of the whole gradient.</summary>
    public double GradientNorm(WorkerTeam team)
    {
        team.Run(blocks.Length, i => squares[i] = SumOfSquares(store.Gradients + blocks[i].Offset, blocks[i].Count));
        return Math.Sqrt(squares.Sum());
    }

    /// <summary>Step <paramref name="number"/> (1 for the first) along gradients × <paramref name="gradientScale"/>, which it leaves zero.</summary>
    public void Step(WorkerTeam team, TrainingOptions options, double learningRate, int number, double gradientScale)
    {
        AdamWStep Factors(double decay) => new(number, learningRate, options.Beta1, options.Beta2, options.Epsilon, decay, gradientScale);
        var (decaying, lasting) = (Factors(options.WeightDecay), Factors(0));
        team.Run(blocks.Length, i =>
        {
            var (offset, count, decays) = blocks[i];
            var gradients = store.Gradients + offset;
            VectorKernels.AdamW(
                store.Values + offset, gradients, FirstMoment.Pointer + offset, SecondMoment.Pointer + offset, count, decays ? decaying : lasting);
            new Span<float>(gradients, count).Clear();
        });
    }

    public void Dispose()
    {
        FirstMoment.Dispose();
        SecondMoment.Dispose();
    }

    private static IEnumerable<(long Offset, int Count, bool Decays)> Blocks(Parameter parameter)
    {
        for (var start = 0L; start < parameter.Length; start += BlockLength)
            yield return (parameter.Offset + start, (int)Math.Min(BlockLength, parameter.Length - start), parameter.Decays);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares(float* values, int count)
    {
        // Doubles: the norm decides how far every parameter moves.
        Vector<double> sum0 = default, sum1 = default;
        var i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + i), out var low, out var high);
            sum0 = Vector.FusedMultiplyAdd(low, low, sum0);
            sum1 = Vector.FusedMultiplyAdd(high, high, sum1);
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (; i < count; i++)
            sum += (double)values[i] * values[i];
        return sum;
    }
}
