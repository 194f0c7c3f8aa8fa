using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Transformers.Kernels.Simd;

/// <summary>
/// Which of the three paths the kernels take in this process. Constants to the JIT, so an untaken path costs nothing;
/// <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> select the lower ones.
/// </summary>
internal static class Isa
{
    /// <summary>512-bit lanes that the processor runs without slowing down.</summary>
    public static bool IsAvx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    }

    /// <summary>256-bit lanes with fused multiply-add.</summary>
    public static bool IsAvx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <summary>The path's name, as reports and tests show it.</summary>
    public static string Name => IsAvx512 ? "AVX-512" : IsAvx2 ? "AVX2" : "portable";
}
