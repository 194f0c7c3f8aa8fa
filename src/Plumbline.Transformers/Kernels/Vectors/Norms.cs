using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>RMS norm (Zhang and Sennrich, "Root mean square layer normalization", 2019) and its derivative.</summary>
internal static unsafe class Norms<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Forward(float* x, float* weight, int n, float epsilon, float* y)
    {
        var inverse = 1 / MathF.Sqrt((Elementwise<TLanes, TVector>.Dot(x, x, n) / n) + epsilon);
        var inverses = TLanes.Broadcast(inverse);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.Load(weight + i), TLanes.Multiply(TLanes.Load(x + i), inverses)), y + i);
        for (; i < n; i++)
            y[i] = weight[i] * (x[i] * inverse);
        return inverse;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* dy, float* x, float* weight, int n, float inverse, float* dx, float* dWeight)
    {
        // dx = inverse · (w·dy − x · inverse² · mean(w·dy·x)).
        var sums = TLanes.Zero;
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            sums = TLanes.MultiplyAdd(TLanes.Multiply(TLanes.Load(dy + i), TLanes.Load(weight + i)), TLanes.Load(x + i), sums);
        var sum = TLanes.Sum(sums);
        for (; i < n; i++)
            sum += dy[i] * weight[i] * x[i];

        var pull = -sum / n * inverse * inverse * inverse;
        var pulls = TLanes.Broadcast(pull);
        var inverses = TLanes.Broadcast(inverse);
        for (i = 0; i <= n - TLanes.Count; i += TLanes.Count)
        {
            var gradient = TLanes.Multiply(TLanes.Load(dy + i), inverses);
            var value = TLanes.Load(x + i);
            var sumSoFar = TLanes.MultiplyAdd(gradient, TLanes.Load(weight + i), TLanes.Load(dx + i));
            TLanes.Store(TLanes.MultiplyAdd(pulls, value, sumSoFar), dx + i);
            if (dWeight is not null)
                TLanes.Store(TLanes.MultiplyAdd(gradient, value, TLanes.Load(dWeight + i)), dWeight + i);
        }

        for (; i < n; i++)
        {
            dx[i] += (dy[i] * inverse * weight[i]) + (pull * x[i]);
            if (dWeight is not null)
                dWeight[i] += dy[i] * inverse * x[i];
        }
    }
}
