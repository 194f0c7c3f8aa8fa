using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>AdamW's update (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, algorithm 2), as PyTorch orders it.</summary>
internal static unsafe class AdamW<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Update(float* parameters, float* gradients, float* first, float* second, int n, AdamWStep step)
    {
        var gradientScale = TLanes.Broadcast(step.GradientScale);
        var decay = TLanes.Broadcast(step.Keep);
        var (beta1, rest1) = (TLanes.Broadcast(step.Beta1), TLanes.Broadcast(1 - step.Beta1));
        var (beta2, rest2) = (TLanes.Broadcast(step.Beta2), TLanes.Broadcast(1 - step.Beta2));
        var root2 = TLanes.Broadcast(step.InverseRootCorrection2);
        var epsilon = TLanes.Broadcast(step.Epsilon);
        var size = TLanes.Broadcast(-step.StepSize);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
        {
            var g = TLanes.Multiply(gradientScale, TLanes.Load(gradients + i));
            var m = TLanes.MultiplyAdd(rest1, g, TLanes.Multiply(beta1, TLanes.Load(first + i)));
            var v = TLanes.MultiplyAdd(TLanes.Multiply(rest2, g), g, TLanes.Multiply(beta2, TLanes.Load(second + i)));
            TLanes.Store(m, first + i);
            TLanes.Store(v, second + i);
            var denominator = TLanes.MultiplyAdd(TLanes.Sqrt(v), root2, epsilon);
            var kept = TLanes.Multiply(decay, TLanes.Load(parameters + i));
            TLanes.Store(TLanes.MultiplyAdd(size, TLanes.Divide(m, denominator), kept), parameters + i);
        }

        for (; i < n; i++)
        {
            var g = step.GradientScale * gradients[i];
            var m = TLanes.MultiplyAdd(1 - step.Beta1, g, step.Beta1 * first[i]);
            var v = TLanes.MultiplyAdd((1 - step.Beta2) * g, g, step.Beta2 * second[i]);
            first[i] = m;
            second[i] = v;
            var denominator = TLanes.MultiplyAdd(MathF.Sqrt(v), step.InverseRootCorrection2, step.Epsilon);
            parameters[i] = TLanes.MultiplyAdd(-step.StepSize, m / denominator, step.Keep * parameters[i]);
        }
    }
}
