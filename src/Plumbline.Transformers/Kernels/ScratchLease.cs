using System.Runtime.InteropServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Memory from a <see cref="ScratchPool"/> until disposed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct ScratchLease(ScratchPool pool, Tensor tensor, int size) : IDisposable
{
    /// <summary>Its first float.</summary>
    public float* Pointer => tensor.Pointer;

    /// <summary>Gives it back.</summary>
    public void Dispose() => pool.Return(tensor, size);
}
