using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>SwiGLU's gate, silu(g) · u (Shazeer, "GLU variants improve Transformer", 2020), and its derivative.</summary>
internal static unsafe class Gates<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(float* gate, float* up, float* y, int n)
    {
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
        {
            var g = TLanes.Load(gate + i);
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(g, Sigmoid(g)), TLanes.Load(up + i)), y + i);
        }

        for (; i < n; i++)
            y[i] = gate[i] * Sigmoid(gate[i]) * up[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(float* dy, float* gate, float* up, float* dGate, float* dUp, float* y, int n)
    {
        var one = TLanes.Broadcast(1f);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
        {
            var d = TLanes.Load(dy + i);
            var g = TLanes.Load(gate + i);
            var u = TLanes.Load(up + i);
            var s = Sigmoid(g);
            // silu′(g) = s · (1 + g · (1 − s))
            var slope = TLanes.Multiply(s, TLanes.MultiplyAdd(g, TLanes.Subtract(one, s), one));
            TLanes.Store(TLanes.Multiply(TLanes.Multiply(d, u), slope), dGate + i);
            var silu = TLanes.Multiply(g, s);
            TLanes.Store(TLanes.Multiply(d, silu), dUp + i);
            if (y is not null)
                TLanes.Store(TLanes.Multiply(silu, u), y + i);
        }

        for (; i < n; i++)
        {
            var (d, g, u) = (dy[i], gate[i], up[i]);
            var s = Sigmoid(g);
            dGate[i] = d * u * (s * (1 + (g * (1 - s))));
            dUp[i] = d * (g * s);
            if (y is not null)
                y[i] = g * s * u;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Sigmoid(TVector x)
    {
        var one = TLanes.Broadcast(1f);
        return TLanes.Divide(one, TLanes.Add(one, Exponential<TLanes, TVector>.Of(TLanes.Subtract(TLanes.Zero, x))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
