using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Turns the heads of each row by the position of its token, and gradients back.</summary>
internal sealed unsafe class Rotation(Rotary rotary) : IDisposable
{
    /// <summary>Turns <paramref name="heads"/> neighbouring heads of each row in place; back if <paramref name="inverse"/>.</summary>
    public void Apply(WorkerTeam team, PackedBatch batch, int heads, float* x, int ldx, bool inverse)
    {
        fixed (int* pinned = batch.Positions)
        {
            var positions = pinned;
            RowPartition.ForEachBlock(team, batch.Count, (_, first, end) =>
            {
                for (var row = first; row < end; row++)
                {
                    if (inverse)
                        rotary.ApplyInverse(x + ((long)row * ldx), heads, positions[row]);
                    else
                        rotary.Apply(x + ((long)row * ldx), heads, positions[row]);
                }
            });
        }
    }

    public void Dispose() => rotary.Dispose();
}
