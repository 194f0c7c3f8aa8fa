using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// y = w ⊙ x / √(mean(x²) + ε) over groups of <paramref name="width"/> values: a whole row, or each head of it.
/// After Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019.
/// </summary>
/// <param name="width">Values that are normed together.</param>
/// <param name="epsilon">Added under the root.</param>
internal sealed unsafe class RmsNorm(int width, float epsilon)
{
    /// <summary>
    /// Norms <paramref name="groups"/> neighbouring groups in each row. <paramref name="inverse"/> [rows, groups] receives 1/√(mean(x²) + ε)
    /// for the way back.
    /// </summary>
    public void Forward(WorkerTeam team, int rows, int groups, float* weight, float* x, int ldx, float* y, int ldy, float* inverse) =>
        RowPartition.ForEachBlock(team, rows, (_, first, end) =>
        {
            for (var row = first; row < end; row++)
            {
                for (var group = 0; group < groups; group++)
                {
                    inverse[((long)row * groups) + group] = VectorKernels.RmsNorm(
                        x + ((long)row * ldx) + (group * width), weight, width, epsilon, y + ((long)row * ldy) + (group * width));
                }
            }
        });

    /// <summary>
    /// <paramref name="dx"/> += the gradient for x; <paramref name="weightGradient"/> += the gradient for w, unless it is null.
    /// <paramref name="partials"/>: room for <see cref="RowPartition.Blocks"/> × width values. dx may not be <paramref name="dy"/>.
    /// </summary>
    public void Backward(
        WorkerTeam team, int rows, int groups, float* weight, float* x, int ldx, float* inverse, float* dy, int lddy, float* dx, int lddx,
        float* weightGradient, float* partials)
    {
        RowPartition.ForEachBlock(team, rows, (block, first, end) =>
        {
            // Each block of rows has a sum of its own, so that the whole sum does not depend on the number of threads.
            float* partial = null;
            if (weightGradient is not null)
            {
                partial = partials + ((long)block * width);
                new Span<float>(partial, width).Clear();
            }

            for (var row = first; row < end; row++)
            {
                for (var group = 0; group < groups; group++)
                {
                    var offset = group * width;
                    VectorKernels.RmsNormBackward(
                        dy + ((long)row * lddy) + offset, x + ((long)row * ldx) + offset, weight, width, inverse[((long)row * groups) + group],
                        dx + ((long)row * lddx) + offset, partial);
                }
            }
        });
        if (weightGradient is not null)
            ColumnSum.Add(team, RowPartition.Blocks(rows), width, partials, width, weightGradient);
    }
}
