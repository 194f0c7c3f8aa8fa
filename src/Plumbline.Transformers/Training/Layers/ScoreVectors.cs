using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Kernels.Vectors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary><see cref="ScoreRow"/> for vectors of one width; counts are whole vectors.</summary>
internal static unsafe class ScoreVectors<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Maximum) Exponentials(float* row, int count, float scale)
    {
        var largest = TLanes.Load(row);
        for (var i = TLanes.Count; i < count; i += TLanes.Count)
            largest = TLanes.Max(largest, TLanes.Load(row + i));
        var maximum = TLanes.MaxOf(largest) * scale;

        var (scales, maxima, sums) = (TLanes.Broadcast(scale), TLanes.Broadcast(-maximum), TLanes.Zero);
        for (var i = 0; i < count; i += TLanes.Count)
        {
            var term = Exponential<TLanes, TVector>.Of(TLanes.MultiplyAdd(TLanes.Load(row + i), scales, maxima));
            TLanes.Store(term, row + i);
            sums = TLanes.Add(sums, term);
        }

        return (TLanes.Sum(sums), maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* scores, float* gradients, int count, float scale, float logSum, float along)
    {
        var (scales, logSums, alongs) = (TLanes.Broadcast(scale), TLanes.Broadcast(-logSum), TLanes.Broadcast(along));
        for (var i = 0; i < count; i += TLanes.Count)
        {
            var probability = Exponential<TLanes, TVector>.Of(TLanes.MultiplyAdd(TLanes.Load(scores + i), scales, logSums));
            TLanes.Store(probability, scores + i);
            var gradient = TLanes.Subtract(TLanes.Load(gradients + i), alongs);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(probability, gradient), scales), gradients + i);
        }
    }
}
