using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>IEEE 754 binary16.</summary>
internal readonly unsafe struct F16Format<TLanes, TVector> : IWeightFormat<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Bytes => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* row, int index) => TLanes.LoadF16((ushort*)row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* row, int index) => (float)((Half*)row)[index];
}
