using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Vectors;

/// <summary>Plane rotations of one head.</summary>
internal static unsafe class Rotations<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(float* head, int half, float* cosine, float* sine, float direction)
    {
        var directions = TLanes.Broadcast(direction);
        var i = 0;
        for (; i <= half - TLanes.Count; i += TLanes.Count)
        {
            var x = TLanes.Load(head + i);
            var y = TLanes.Load(head + half + i);
            var c = TLanes.Load(cosine + i);
            var s = TLanes.Multiply(directions, TLanes.Load(sine + i));
            TLanes.Store(TLanes.Subtract(TLanes.Multiply(x, c), TLanes.Multiply(y, s)), head + i);
            TLanes.Store(TLanes.MultiplyAdd(y, c, TLanes.Multiply(x, s)), head + half + i);
        }

        for (; i < half; i++)
        {
            var (x, y, c, s) = (head[i], head[half + i], cosine[i], direction * sine[i]);
            head[i] = (x * c) - (y * s);
            head[half + i] = TLanes.MultiplyAdd(y, c, x * s);
        }
    }
}
