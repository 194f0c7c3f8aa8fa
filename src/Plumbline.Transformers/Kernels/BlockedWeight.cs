using Plumbline.Transformers.Kernels.Products;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Cuts a weight's rows into blocks that fit the L2 cache, and shares the blocks among a team.</summary>
internal static unsafe class BlockedWeight<TLanes, TVector, TRows>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
    where TRows : struct, IStoredRows
{
    // 128 KiB of F32: a quarter of a 512 KiB L2 cache, so that a block stays there while the rows of x pass by.
    private const int BlockFloats = 32 * 1024;

    // Below this many multiply-adds (a few µs) waking another thread costs more than it brings.
    private const long SerialWork = 1 << 16;

    /// <summary>y ← x · Wᵀ.</summary>
    public static void Apply(WorkerTeam team, Weight w, float* x, nint ldx, int m, float* y, nint ldy)
    {
        var blockRows = Math.Max(4, BlockFloats / Math.Max(1, w.Columns) / 4 * 4);
        var blocks = (w.Rows + blockRows - 1) / blockRows;
        if ((long)m * w.Rows * w.Columns <= SerialWork)
        {
            for (var block = 0; block < blocks; block++)
                ApplyBlock(team, w, x, ldx, m, y, ldy, block * blockRows, blockRows);
            return;
        }

        if (blocks < 8)
        {
            blockRows = Math.Max(4, (w.Rows + 31) / 32 * 4);
            blocks = (w.Rows + blockRows - 1) / blockRows;
        }

        team.Run(blocks, block => ApplyBlock(team, w, x, ldx, m, y, ldy, block * blockRows, blockRows));
    }

    private static void ApplyBlock(WorkerTeam team, Weight w, float* x, nint ldx, int m, float* y, nint ldy, int first, int most)
    {
        var rows = Math.Min(most, w.Rows - first);
        var source = w.Data + (first * w.RowBytes);
        if (m == 1)
        {
            ApplyToOne(w, x, source, rows, y + first);
            return;
        }

        if (w.Type == DType.F32)
        {
            RowTiles<TLanes, TVector>.Multiply(x, ldx, m, (float*)source, w.Columns, rows, w.Columns, y + first, ldy);
            return;
        }

        using var decoded = team.Scratch.Rent(rows * w.Columns);
        for (var row = 0; row < rows; row++)
            TRows.Decode(source + (row * w.RowBytes), w.Columns, decoded.Pointer + ((nint)row * w.Columns));
        RowTiles<TLanes, TVector>.Multiply(x, ldx, m, decoded.Pointer, w.Columns, rows, w.Columns, y + first, ldy);
    }

    private static void ApplyToOne(Weight w, float* x, byte* source, int rows, float* y)
    {
        var row = 0;
        for (; row <= rows - 4; row += 4)
            TRows.Four(x, source + (row * w.RowBytes), (nint)w.RowBytes, w.Columns, y + row);
        for (; row < rows; row++)
            TRows.One(x, source + (row * w.RowBytes), w.Columns, y + row);
    }
}
