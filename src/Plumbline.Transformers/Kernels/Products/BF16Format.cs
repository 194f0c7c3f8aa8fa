using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>The upper half of a binary32.</summary>
internal readonly unsafe struct BF16Format<TLanes, TVector> : IWeightFormat<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    public static int Bytes => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* row, int index) => TLanes.LoadBF16((ushort*)row + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* row, int index) => BitConverter.UInt32BitsToSingle((uint)((ushort*)row)[index] << 16);
}
