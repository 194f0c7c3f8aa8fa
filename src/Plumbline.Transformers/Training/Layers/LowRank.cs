using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>The products of a low-rank adapter. The narrow factor is packed and stays in a near cache; the long one is read once, where it lies.</summary>
internal static unsafe class LowRank
{
    // Rows whose tokens' values stay in the second cache while all columns of a block are summed.
    private const int DepthBlock = 256;
    private const int ColumnBlock = 64;

    /// <summary>destination [columns, padded rank] = scale · Aᵀ for A [rank, columns].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackTransposed(Parameter a, float scale, float* destination)
    {
        var padded = AdapterScratch.Padded(a.Rows);
        new Span<float>(destination, a.Columns * padded).Clear();
        for (var r = 0; r < a.Rows; r++)
        {
            var row = a.Value + ((long)r * a.Columns);
            for (var column = 0; column < a.Columns; column++)
                destination[((long)column * padded) + r] = scale * row[column];
        }
    }

    /// <summary>destination [rows, padded rank] = scale · B for B [rows, rank].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(Parameter b, float scale, float* destination)
    {
        var padded = AdapterScratch.Padded(b.Columns);
        new Span<float>(destination, b.Rows * padded).Clear();
        for (var row = 0; row < b.Rows; row++)
        {
            for (var r = 0; r < b.Columns; r++)
                destination[((long)row * padded) + r] = scale * b.Value[((long)row * b.Columns) + r];
        }
    }

    /// <summary>result [rows, rank] = x [rows, width] · factor [width, rank].</summary>
    public static void Narrow(WorkerTeam team, int rows, int width, float* x, int ldx, float* factor, float* result, int rank) =>
        RowPartition.ForEachBlock(team, rows, (_, first, end) => HeadProduct.Multiply(
            end - first, rank, width, x + ((long)first * ldx), ldx, 1, factor, rank, result + ((long)first * rank), rank, accumulate: false));

    /// <summary>The gradient of A [rank, columns] += narrowᵀ [rank, rows] · x [rows, columns].</summary>
    public static void AddGradients(WorkerTeam team, int rows, float* narrow, int ldNarrow, float* x, int ldx, Parameter a) =>
        ForEachColumnBlock(team, a.Columns, (first, width) => Sum(rows, a.Rows, width, narrow, ldNarrow, x + first, ldx, a.Gradient + first, a.Columns));

    /// <summary>The gradient of B [rows, rank] += (narrowᵀ · dy)ᵀ; <paramref name="transposed"/> is room for [rank, rows].</summary>
    public static void AddTransposedGradients(WorkerTeam team, int rows, float* narrow, int ldNarrow, float* dy, int lddy, Parameter b, float* transposed)
    {
        var (outputs, rank) = (b.Rows, b.Columns);
        ForEachColumnBlock(team, outputs, (first, width) =>
        {
            for (var r = 0; r < rank; r++)
                new Span<float>(transposed + ((long)r * outputs) + first, width).Clear();
            Sum(rows, rank, width, narrow, ldNarrow, dy + first, lddy, transposed + first, outputs);
            for (var row = first; row < first + width; row++)
            {
                for (var r = 0; r < rank; r++)
                    b.Gradient[((long)row * rank) + r] += transposed[((long)r * outputs) + row];
            }
        });
    }

    private static void ForEachColumnBlock(WorkerTeam team, int columns, Action<int, int> body) =>
        team.Run((columns + ColumnBlock - 1) / ColumnBlock, block => body(block * ColumnBlock, Math.Min(ColumnBlock, columns - (block * ColumnBlock))));

    private static void Sum(int rows, int rank, int width, float* narrow, int ldNarrow, float* x, int ldx, float* sums, int ldSums)
    {
        for (var first = 0; first < rows; first += DepthBlock)
        {
            HeadProduct.Multiply(
                rank, width, Math.Min(DepthBlock, rows - first), narrow + ((long)first * ldNarrow), 1, ldNarrow, x + ((long)first * ldx), ldx, sums, ldSums,
                accumulate: true);
        }
    }
}
