using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>Softmax, and the cross-entropy on top of it.</summary>
internal static unsafe class Softmaxes<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static void Forward(float* x, int n)
    {
        var max = Elementwise<TLanes, TVector>.Max(x, n);
        var sum = ExponentialsOver(x, n, max, x);
        Elementwise<TLanes, TVector>.Scale(1 / sum, x, n);
    }

    public static float LogSumExp(float* x, int n)
    {
        var max = Elementwise<TLanes, TVector>.Max(x, n);
        return max + MathF.Log(ExponentialsOver(x, n, max, null));
    }

    public static float CrossEntropy(float* logits, int n, int target, float weight)
    {
        var max = Elementwise<TLanes, TVector>.Max(logits, n);
        var wanted = logits[target];
        var sum = ExponentialsOver(logits, n, max, logits);
        Elementwise<TLanes, TVector>.Scale(weight / sum, logits, n);
        logits[target] -= weight;
        return weight * (max + MathF.Log(sum) - wanted);
    }

    /// <summary>Σ e^(x − max); the terms go to <paramref name="terms"/> unless null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float ExponentialsOver(float* x, int n, float max, float* terms)
    {
        var maxes = TLanes.Broadcast(max);
        var sums = TLanes.Zero;
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
        {
            var term = Exponential<TLanes, TVector>.Of(TLanes.Subtract(TLanes.Load(x + i), maxes));
            sums = TLanes.Add(sums, term);
            if (terms is not null)
                TLanes.Store(term, terms + i);
        }

        var sum = TLanes.Sum(sums);
        for (; i < n; i++)
        {
            var term = MathF.Exp(x[i] - max);
            sum += term;
            if (terms is not null)
                terms[i] = term;
        }

        return sum;
    }
}
