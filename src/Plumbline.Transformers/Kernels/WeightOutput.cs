using System.Runtime.InteropServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>A weight, [out, in], and where its product goes: rows of <paramref name="y"/>, <paramref name="stride"/> floats apart.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct WeightOutput(Weight weight, float* y, int stride)
{
    /// <summary>The weight.</summary>
    public Weight Weight { get; } = weight;

    /// <summary>Where the first row goes.</summary>
    public float* Y { get; } = y;

    /// <summary>Floats from one row of y to the next.</summary>
    public int Stride { get; } = stride;
}
