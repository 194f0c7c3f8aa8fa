using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Products;

namespace Plumbline.Transformers.Kernels;

/// <summary>Goto's blocking around one micro-kernel: panels of B are packed and shared, each part multiplies a block of rows by them.</summary>
internal static unsafe class BlockedProduct<TKernel>
    where TKernel : struct, IMicroKernel
{
    // A panel of B (KC × 16 floats = 16 KiB) fills half of a 32 KiB L1 data cache; rows of A and C stream through the other half.
    private const int MaxTerms = 256;

    // A block of A (96 × 256 floats = 96 KiB) stays in a 512 KiB L2 cache while the panels of B pass by.
    private const int MaxRows = 96;

    // Packed B (256 × 3072 floats = 3 MiB) stays in the L3 cache that all threads share.
    private const int MaxColumns = 3072;

    // Enough parts that a thread that was interrupted leaves the rest to the others; depends on the shape alone.
    private const int WantedParts = 8;

    // Below this many multiply-adds (about 10 µs) waking another thread costs more than it brings.
    private const long SerialWork = 1 << 18;

    /// <summary>C ← α · op(A) · op(B) + β · C.</summary>
    public static void Multiply(WorkerTeam team, ProductOperands x)
    {
        var shared = (long)x.M * x.N * x.K > SerialWork;
        var terms = EvenBlock(x.K, MaxTerms, 8);
        var columns = EvenBlock(x.N, MaxColumns, TKernel.Columns);
        using var packed = team.Scratch.Rent(terms * columns);
        var panels = packed.Pointer;
        for (var column = 0; column < x.N; column += columns)
        {
            var n = Math.Min(columns, x.N - column);
            for (var term = 0; term < x.K; term += terms)
            {
                var k = Math.Min(terms, x.K - term);
                var (firstColumn, firstTerm) = (column, term);
                Share(team, shared, Math.Min(Tiles(n, TKernel.Columns), WantedParts), (part, parts) => Pack(x, firstColumn, n, firstTerm, k, panels, part, parts));
                var rowBlocks = RowBlocks(x.M);
                var columnBlocks = Math.Min(Tiles(n, TKernel.Columns), Math.Max(1, WantedParts / rowBlocks));
                Share(team, shared, rowBlocks * columnBlocks, (part, _) => MultiplyBlock(team, x, firstColumn, n, firstTerm, k, panels, part % rowBlocks, rowBlocks, part / rowBlocks, columnBlocks));
            }
        }
    }

    private static void Share(WorkerTeam team, bool shared, int parts, Action<int, int> body)
    {
        if (shared)
        {
            team.Run(parts, part => body(part, parts));
            return;
        }

        for (var part = 0; part < parts; part++)
            body(part, parts);
    }

    private static int RowBlocks(int m)
    {
        var blocks = Tiles(m, MaxRows);
        return blocks <= 1 ? 1 : Math.Min(Tiles(m, TKernel.Rows), Math.Max(blocks, Math.Min(WantedParts, Tiles(m, 48))));
    }

    private static void Pack(ProductOperands x, int column, int n, int term, int k, float* panels, int part, int parts)
    {
        var width = TKernel.Columns;
        var (first, end) = Range(Tiles(n, width), part, parts);
        for (var panel = first; panel < end; panel++)
        {
            var at = column + (panel * width);
            var count = Math.Min(width, n - (panel * width));
            var destination = panels + ((long)panel * width * k);
            if (x.TransB)
                Packing.Rows(x.B + (at * x.Ldb) + term, x.Ldb, k, count, width, destination);
            else
                Packing.Columns(x.B + (term * x.Ldb) + at, x.Ldb, k, count, width, destination);
        }
    }

    private static void MultiplyBlock(
        WorkerTeam team, ProductOperands x, int column, int n, int term, int k, float* panels, int rowBlock, int rowBlocks, int columnBlock, int columnBlocks)
    {
        var (firstTile, endTile) = Range(Tiles(x.M, TKernel.Rows), rowBlock, rowBlocks);
        var (firstPanel, endPanel) = Range(Tiles(n, TKernel.Columns), columnBlock, columnBlocks);
        if (!x.TransA)
        {
            var rows = x.A + term;
            MultiplyTiles(x, column, n, term, k, panels, firstTile, endTile, firstPanel, endPanel, rows + (firstTile * TKernel.Rows * x.Lda), TKernel.Rows * x.Lda, x.Lda, 1);
            return;
        }

        using var packed = team.Scratch.Rent((endTile - firstTile) * TKernel.Rows * k);
        for (var tile = firstTile; tile < endTile; tile++)
        {
            var row = tile * TKernel.Rows;
            Packing.Columns(x.A + (term * x.Lda) + row, x.Lda, k, Math.Min(TKernel.Rows, x.M - row), TKernel.Rows, packed.Pointer + ((long)(tile - firstTile) * TKernel.Rows * k));
        }

        MultiplyTiles(x, column, n, term, k, panels, firstTile, endTile, firstPanel, endPanel, packed.Pointer, TKernel.Rows * (nint)k, 1, TKernel.Rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(
        ProductOperands x, int column, int n, int term, int k, float* panels, int firstTile, int endTile, int firstPanel, int endPanel, float* a, nint tileStride, nint rowStride, nint stepStride)
    {
        var beta = term == 0 ? x.Beta : 1;
        for (var panel = firstPanel; panel < endPanel; panel++)
        {
            var b = panels + ((long)panel * TKernel.Columns * k);
            var columns = Math.Min(TKernel.Columns, n - (panel * TKernel.Columns));
            for (var tile = firstTile; tile < endTile; tile++)
            {
                var row = tile * TKernel.Rows;
                var rows = Math.Min(TKernel.Rows, x.M - row);
                var from = a + ((tile - firstTile) * tileStride);
                var c = x.C + (row * x.Ldc) + column + (panel * TKernel.Columns);
                if (rows == TKernel.Rows && columns == TKernel.Columns)
                    TKernel.Multiply(k, from, rowStride, stepStride, rows, b, x.Alpha, beta, c, x.Ldc);
                else
                    MultiplyEdge(k, from, rowStride, stepStride, rows, columns, b, x.Alpha, beta, c, x.Ldc);
            }
        }
    }

    /// <summary>A tile that hangs over C's edge, by way of a whole one.</summary>
    private static void MultiplyEdge(
        int k, float* a, nint rowStride, nint stepStride, int rows, int columns, float* b, float alpha, float beta, float* c, nint ldc)
    {
        var width = TKernel.Columns;
        var tile = stackalloc float[TKernel.Rows * TKernel.Columns];
        for (var row = 0; row < rows && beta != 0; row++)
            new ReadOnlySpan<float>(c + (row * ldc), columns).CopyTo(new Span<float>(tile + (row * width), columns));
        TKernel.Multiply(k, a, rowStride, stepStride, rows, b, alpha, beta, tile, width);
        for (var row = 0; row < rows; row++)
            new ReadOnlySpan<float>(tile + (row * width), columns).CopyTo(new Span<float>(c + (row * ldc), columns));
    }

    private static int Tiles(int length, int tile) => (length + tile - 1) / tile;

    /// <summary>The share of <paramref name="part"/> when <paramref name="count"/> is cut into even parts.</summary>
    private static (int First, int End) Range(int count, int part, int parts) =>
        ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));

    /// <summary>Cuts <paramref name="length"/> into the fewest blocks of at most <paramref name="most"/>, evenly, in multiples of <paramref name="unit"/>.</summary>
    private static int EvenBlock(int length, int most, int unit)
    {
        var blocks = Tiles(length, most);
        return Tiles(Tiles(length, blocks), unit) * unit;
    }
}
