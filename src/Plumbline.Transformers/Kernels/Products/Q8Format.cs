using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>GGUF's Q8_0: a binary16 scale and 32 signed bytes. A product of 11 and 8 significant bits is exact in F32.</summary>
internal readonly unsafe struct Q8Format<TLanes, TVector> : IWeightFormat<TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(byte* row, int index)
    {
        var block = Block(row, index);
        var scale = TLanes.BroadcastFirst(TLanes.LoadF16((ushort*)block));
        return TLanes.Multiply(scale, TLanes.LoadI8((sbyte*)block + 2 + (index % DTypeLayout.Q8BlockLength)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadOne(byte* row, int index) => (float)*(Half*)Block(row, index) * ((sbyte*)Block(row, index))[2 + (index % DTypeLayout.Q8BlockLength)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Block(byte* row, int index) => row + (index / DTypeLayout.Q8BlockLength * DTypeLayout.Q8BlockBytes);
}
