using System.Numerics.Tensors;
using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>Sums over all rows of a matrix, in row order whatever the number of threads.</summary>
internal static unsafe class ColumnSum
{
    private const int BlockColumns = 64;

    /// <summary>destination[j] += Σᵢ matrix[i, j].</summary>
    public static void Add(WorkerTeam team, int rows, int columns, float* matrix, int ld, float* destination) =>
        team.Run((columns + BlockColumns - 1) / BlockColumns, block =>
        {
            var first = block * BlockColumns;
            var width = Math.Min(BlockColumns, columns - first);
            var sums = new Span<float>(destination + first, width);
            for (var row = 0; row < rows; row++)
                TensorPrimitives.Add(sums, new ReadOnlySpan<float>(matrix + ((long)row * ld) + first, width), sums);
        });
}
