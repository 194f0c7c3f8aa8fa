using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Kernels.Vectors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary><see cref="ScoreRow"/> for vectors of one width.</summary>
internal static unsafe class ScoreVectors<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Sum, float Maximum) Exponentials(float* row, int first, int end, int width, float scale)
    {
        var (start, stop) = Hide(row, first, end, width);
        var largest = TLanes.Load(row + start);
        for (var i = start + TLanes.Count; i < stop; i += TLanes.Count)
            largest = TLanes.Max(largest, TLanes.Load(row + i));
        var maximum = TLanes.MaxOf(largest) * scale;

        var (scales, maxima, sums) = (TLanes.Broadcast(scale), TLanes.Broadcast(-maximum), TLanes.Zero);
        for (var i = start; i < stop; i += TLanes.Count)
        {
            var term = Exponential<TLanes, TVector>.Of(TLanes.MultiplyAdd(TLanes.Load(row + i), scales, maxima));
            TLanes.Store(term, row + i);
            sums = TLanes.Add(sums, term);
        }

        Blank(row, start, stop, width);
        return (TLanes.Sum(sums), maximum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* scores, float* gradients, int first, int end, int width, float scale, float logSum, float along)
    {
        var (start, stop) = Hide(scores, first, end, width);
        var (scales, logSums, alongs) = (TLanes.Broadcast(scale), TLanes.Broadcast(-logSum), TLanes.Broadcast(along));
        for (var i = start; i < stop; i += TLanes.Count)
        {
            var probability = Exponential<TLanes, TVector>.Of(TLanes.MultiplyAdd(TLanes.Load(scores + i), scales, logSums));
            TLanes.Store(probability, scores + i);
            var gradient = TLanes.Subtract(TLanes.Load(gradients + i), alongs);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(probability, gradient), scales), gradients + i);
        }

        Blank(scores, start, stop, width);
        Blank(gradients, start, stop, width);
    }

    /// <summary>Puts −∞ where whole vectors reach beyond what is visible, and returns the bounds of those vectors.</summary>
    private static (int Start, int Stop) Hide(float* row, int first, int end, int width)
    {
        var start = first / TLanes.Count * TLanes.Count;
        var stop = (end + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        for (var i = start; i < first; i++)
            row[i] = float.NegativeInfinity;
        for (var i = end; i < stop; i++)
            row[i] = float.NegativeInfinity;
        return (start, stop);
    }

    private static void Blank(float* row, int start, int stop, int width)
    {
        if (start > 0)
            new Span<float>(row, start).Clear();
        if (stop < width)
            new Span<float>(row + stop, width - stop).Clear();
    }
}
