using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Fetches nothing: the rows are near.</summary>
internal readonly unsafe struct NotAhead : IAhead
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Fetch<TLanes, TVector>(float* next, int index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
    }
}
