using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Decoding;

/// <summary>A linear layer ready to run: its weight where it lies, its bias in F32, and an adapter's change if there is one.</summary>
internal sealed record Projection(Weight Weight, Tensor? Bias, LowRankDelta? Delta)
{
    /// <summary>Inputs.</summary>
    public int Inputs => Weight.Columns;

    /// <summary>Outputs.</summary>
    public int Outputs => Weight.Rows;

    /// <summary>The weight, with its product going to <paramref name="output"/> [rows, <see cref="Outputs"/>].</summary>
    public unsafe WeightOutput Into(float* output) => new(Weight, output, Outputs);
}
