using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plumbline.Transformers.Tests.Kernels;

/// <summary>Pointers to spans over native memory.</summary>
internal static unsafe class SpanPointers
{
    public static float* Pointer(this Span<float> native) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(native));
}
