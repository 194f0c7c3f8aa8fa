using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Transformers.Kernels.Simd;

/// <summary>
/// Which of the three paths the kernels take in this process. <c>DOTNET_EnableAVX512=0</c> and <c>DOTNET_EnableAVX2=0</c> select the
/// lower ones.
/// </summary>
internal static class Isa
{
    /// <summary>Makes a processor without AVX-512 take its path all the same, in the runtime's emulation: slow, for tests.</summary>
    public const string EmulationSwitch = "Plumbline.Kernels.EmulateAvx512";

    private static readonly bool Emulated = AppContext.TryGetSwitch(EmulationSwitch, out var on) && on;

    /// <summary>512-bit lanes that the processor runs without slowing down.</summary>
    public static bool IsAvx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || Emulated;
    }

    /// <summary>256-bit lanes with fused multiply-add.</summary>
    public static bool IsAvx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx2.IsSupported && Fma.IsSupported;
    }

    /// <summary>The path's name, as reports and tests show it.</summary>
    public static string Name => (IsAvx512, IsAvx2) switch
    {
        (true, _) => Vector512.IsHardwareAccelerated ? "AVX-512" : "AVX-512 emulated",
        (_, true) => "AVX2",
        _ => "portable",
    };
}
