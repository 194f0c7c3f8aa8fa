using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// h = silu(g) ⊙ u, the gate of a SwiGLU MLP, with g and u side by side in rows of 2 × <paramref name="width"/>.
/// After Shazeer, "GLU Variants Improve Transformer", 2020.
/// </summary>
internal sealed unsafe class SiluGate(int width)
{
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
            for (var row = first; row < end; row++)
            {
                var gate = gateUp + (2L * row * width);
                var gradient = dh + ((long)row * width);
                VectorKernels.SiluGateBackward(gradient, gate, gate + width, gate, gate + width, width, gradient);
            }
        });
}
