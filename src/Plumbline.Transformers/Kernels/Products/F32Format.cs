using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>IEEE 754 binary32.</summary>
internal readonly unsafe struct F32Format<TLanes, TVector> : IWeightFormat<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Bytes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* row, int index) => TLanes.Load((float*)row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* row, int index) => ((float*)row)[index];
}
