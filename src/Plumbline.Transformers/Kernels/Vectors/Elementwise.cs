using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>Sums, products and dot products of vectors.</summary>
internal static unsafe class Elementwise<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(float* x, float* y, int n)
    {
        // Two sums, so that one multiply-add need not wait for the last.
        var even = TLanes.Zero;
        var odd = TLanes.Zero;
        var i = 0;
        for (; i <= n - (2 * TLanes.Count); i += 2 * TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(x + i), TLanes.Load(y + i), even);
            odd = TLanes.MultiplyAdd(TLanes.Load(x + i + TLanes.Count), TLanes.Load(y + i + TLanes.Count), odd);
        }

        if (i <= n - TLanes.Count)
        {
            even = TLanes.MultiplyAdd(TLanes.Load(x + i), TLanes.Load(y + i), even);
            i += TLanes.Count;
        }

        var sum = TLanes.Sum(TLanes.Add(even, odd));
        for (; i < n; i++)
            sum = TLanes.MultiplyAdd(x[i], y[i], sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpy(float factor, float* x, float* y, int n)
    {
        var factors = TLanes.Broadcast(factor);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TLanes.MultiplyAdd(factors, TLanes.Load(x + i), TLanes.Load(y + i)), y + i);
        for (; i < n; i++)
            y[i] = TLanes.MultiplyAdd(factor, x[i], y[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* x, float* y, float* result, int n)
    {
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TLanes.Add(TLanes.Load(x + i), TLanes.Load(y + i)), result + i);
        for (; i < n; i++)
            result[i] = x[i] + y[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float factor, float* x, int n)
    {
        var factors = TLanes.Broadcast(factor);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(factors, TLanes.Load(x + i)), x + i);
        for (; i < n; i++)
            x[i] *= factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Max(float* x, int n)
    {
        var largest = TLanes.Broadcast(float.NegativeInfinity);
        var i = 0;
        for (; i <= n - TLanes.Count; i += TLanes.Count)
            largest = TLanes.Max(largest, TLanes.Load(x + i));
        var max = TLanes.MaxOf(largest);
        for (; i < n; i++)
            max = x[i] > max ? x[i] : max;
        return max;
    }
}
