using System.Numerics.Tensors;
using Plumbline.Transformers.Kernels;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Looks up each token's row; trained, or frozen.</summary>
internal sealed unsafe class TokenEmbedding(Weight frozen, Parameter? trained)
{
    private const int BlockColumns = 64;

    public void Forward(WorkerTeam team, PackedBatch batch, float* x)
    {
        var hidden = frozen.Columns;
        fixed (int* pinned = batch.Tokens)
        {
            var tokens = pinned;
            RowPartition.ForEachBlock(team, batch.Count, (_, first, end) =>
            {
                for (var row = first; row < end; row++)
                {
                    var destination = new Span<float>(x + ((long)row * hidden), hidden);
                    if (trained is null)
                        frozen.CopyRow(tokens[row], destination);
                    else
                        new ReadOnlySpan<float>(trained.Value + ((long)tokens[row] * hidden), hidden).CopyTo(destination);
                }
            });
        }
    }

    /// <summary>Adds each row's gradient to its token's, in row order: shared out by columns, so that no two threads meet.</summary>
    public void Backward(WorkerTeam team, PackedBatch batch, float* dx)
    {
        if (trained is null)
            return;
        var hidden = trained.Columns;
        var count = batch.Count;
        fixed (int* pinned = batch.Tokens)
        {
            var tokens = pinned;
            team.Run((hidden + BlockColumns - 1) / BlockColumns, block =>
            {
                var first = block * BlockColumns;
                var width = Math.Min(BlockColumns, hidden - first);
                for (var row = 0; row < count; row++)
                {
                    var gradient = new Span<float>(trained.Gradient + ((long)tokens[row] * hidden) + first, width);
                    TensorPrimitives.Add(gradient, new ReadOnlySpan<float>(dx + ((long)row * hidden) + first, width), gradient);
                }
            });
        }
    }
}
