using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// h = silu(g) ⊙ u, the gate of a SwiGLU MLP, with g and u side by side in rows of 2 × <paramref name="width"/>.
/// After Shazeer, "GLU Variants Improve Transformer", 2020.
/// </summary>
internal sealed unsafe class SiluGate(int width)
{
    private const int Segment = 512;

    public void Forward(WorkerTeam team, int rows, float* gateUp, float* h) =>
        RowPartition.ForEachBlock(team, rows, (_, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                var gate = gateUp + (2L * row * width);
                VectorKernels.SiluGate(gate, gate + width, h + ((long)row * width), width);
            }
        });

    /// <summary>
    /// From dh to d(g, u), written over <paramref name="gateUp"/>; and h once more, written over <paramref name="dh"/>,
    /// for the gradient of the projection that follows.
    /// </summary>
    public void Backward(WorkerTeam team, int rows, float* gateUp, float* dh) =>
        RowPartition.ForEachBlock(team, rows, (_, first, end) =>
        {
            var gated = stackalloc float[Segment];
            for (var row = first; row < end; row++)
            {
                var gate = gateUp + (2L * row * width);
                var gradient = dh + ((long)row * width);
                for (var start = 0; start < width; start += Segment)
                {
                    var count = Math.Min(Segment, width - start);
                    VectorKernels.SiluGate(gate + start, gate + width + start, gated, count);
                    VectorKernels.SiluGateBackward(gradient + start, gate + start, gate + width + start, gate + start, gate + width + start, count);
                    new ReadOnlySpan<float>(gated, count).CopyTo(new Span<float>(gradient + start, count));
                }
            }
        });
}
