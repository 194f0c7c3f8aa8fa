using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Products;

namespace Plumbline.Transformers.Kernels;

/// <summary>Goto's blocking around one micro-kernel: packed panels of B, blocks of rows of A, and the parts that a team shares.</summary>
internal static unsafe class BlockedProduct<TKernel>
    where TKernel : struct, IMicroKernel
{
    // A panel of B (256 × 16 floats = 16 KiB) fills half of a 32 KiB L1 data cache; rows of A and C stream through the other half.
    private const int BlockTerms = 256;

    // A block of A (96 × 256 floats = 96 KiB) stays in a 512 KiB L2 cache while the panels of B pass by.
    private const int BlockRows = 96;

    // Rows are dealt out four tiles at a time: fewer would not pay for fetching a panel of B into L1, and A is packed four tiles at a time.
    private const int GroupTiles = 4;

    // Shared packed B (2²⁰ floats = 4 MiB) stays in an L3 cache, whole along k where it can: then the team meets only twice.
    private const int SharedFloats = 1 << 20;

    // Columns of shared packed B: a row of C (12 KiB) stays in L1 or L2 from one block of terms to the next.
    private const int SharedColumns = 3072;

    // With so few rows, and all of A in 512 KiB, each part packs its own columns of B (128 × 256 floats = 128 KiB, beside A's block in
    // L2): no meeting at all. Where A is packed too, every part packs all of it, so it has to be smaller still.
    private const int FewRows = 192;
    private const int FewFloats = 1 << 17;
    private const int OwnColumns = 128;

    // Enough parts that a thread that was interrupted leaves the rest to the others; depends on the shape alone.
    private const int WantedParts = 8;

    // Rows of A that are a multiple of 4 KiB apart fall into the same few sets of every cache and push each other out.
    private const int SetStride = 1024;

    // Below this many multiply-adds (about 10 µs) waking another thread costs more than it brings.
    private const long SerialWork = 1 << 18;

    // Below this many floats packing is not worth a meeting of the team.
    private const int SerialPack = 1 << 13;

    /// <summary>C ← α · op(A) · op(B) + β · C.</summary>
    public static void Multiply(WorkerTeam team, ProductOperands x)
    {
        var few = x.M <= (x.TransA ? GroupTiles * TKernel.Rows : FewRows) && (long)x.M * x.K <= FewFloats;
        if (few && x.N > TKernel.Columns)
            MultiplyByColumns(team, x);
        else
            MultiplyByRows(team, x);
    }

    /// <summary>Each part owns some columns of C and packs what it needs.</summary>
    private static void MultiplyByColumns(WorkerTeam team, ProductOperands x)
    {
        var panels = Tiles(x.N, TKernel.Columns);
        var panelsOfPart = Math.Clamp(panels / WantedParts, 1, OwnColumns / TKernel.Columns);
        var parts = Tiles(panels, panelsOfPart);
        Share(team, IsShared(x), parts, part =>
        {
            var (first, end) = Range(panels, part, parts);
            var column = first * TKernel.Columns;
            var n = Math.Min(x.N, end * TKernel.Columns) - column;
            var terms = EvenBlock(x.K, BlockTerms, 8);
            using var packed = team.Scratch.Rent((end - first) * TKernel.Columns * terms);
            for (var term = 0; term < x.K; term += terms)
            {
                var k = Math.Min(terms, x.K - term);
                PackColumns(x, column, n, term, k, packed.Pointer);
                for (var row = 0; row < x.M; row += BlockRows)
                    MultiplyBlock(team, x, new Block(row, Math.Min(BlockRows, x.M - row), column, n, term, k), packed.Pointer);
            }
        });
    }

    /// <summary>B is packed once for all; then each part owns some rows of C.</summary>
    private static void MultiplyByRows(WorkerTeam team, ProductOperands x)
    {
        var columns = EvenBlock(x.N, SharedColumns, TKernel.Columns);
        var terms = EvenBlock(x.K, BlockTerms, 8);
        var sharedTerms = Math.Max(1, SharedFloats / columns / terms) * terms;
        using var packed = team.Scratch.Rent(Math.Min(sharedTerms, Tiles(x.K, terms) * terms) * columns);
        var panels = packed.Pointer;
        for (var column = 0; column < x.N; column += columns)
        {
            for (var term = 0; term < x.K; term += sharedTerms)
            {
                var shared = new Block(0, x.M, column, Math.Min(columns, x.N - column), term, Math.Min(sharedTerms, x.K - term));
                PackShared(team, x, shared, terms, panels);
                MultiplyShared(team, x, shared, terms, panels);
            }
        }
    }

    /// <summary>Packs block after block of terms, and within each panel after panel.</summary>
    private static void PackShared(WorkerTeam team, ProductOperands x, Block shared, int terms, float* panels)
    {
        var tiles = Tiles(shared.N, TKernel.Columns);
        var parts = Math.Min(tiles, WantedParts);
        Share(team, IsShared(x) && shared.N * shared.K > SerialPack, parts, part =>
        {
            var (first, end) = Range(tiles, part, parts);
            var column = first * TKernel.Columns;
            var n = Math.Min(shared.N, end * TKernel.Columns) - column;
            for (var term = 0; term < shared.K; term += terms)
            {
                var k = Math.Min(terms, shared.K - term);
                var block = panels + ((nint)term * tiles * TKernel.Columns);
                PackColumns(x, shared.Column + column, n, shared.Term + term, k, block + (column * k));
            }
        });
    }

    private static void MultiplyShared(WorkerTeam team, ProductOperands x, Block shared, int terms, float* panels)
    {
        var width = Tiles(shared.N, TKernel.Columns) * TKernel.Columns;
        var group = GroupTiles * TKernel.Rows;
        var groups = Tiles(x.M, group);
        var parts = Math.Min(groups, Math.Max(WantedParts, Tiles(x.M, BlockRows)));
        Share(team, IsShared(x), parts, part =>
        {
            var (first, end) = Range(groups, part, parts);
            var row = first * group;
            var m = Math.Min(x.M, end * group) - row;
            for (var term = 0; term < shared.K; term += terms)
            {
                var k = Math.Min(terms, shared.K - term);
                MultiplyBlock(team, x, new Block(row, m, shared.Column, shared.N, shared.Term + term, k), panels + ((nint)term * width));
            }
        });
    }

    private static void PackColumns(ProductOperands x, int column, int n, int term, int k, float* panels)
    {
        if (!x.TransB)
        {
            Packing.Columns(x.B + (term * x.Ldb) + column, x.Ldb, k, n, TKernel.Columns, panels);
            return;
        }

        for (var done = 0; done < n; done += TKernel.Columns)
        {
            var rows = x.B + ((column + done) * x.Ldb) + term;
            Packing.Rows(rows, x.Ldb, k, Math.Min(TKernel.Columns, n - done), TKernel.Columns, panels + ((nint)done * k));
        }
    }

    /// <summary>One block of rows times packed panels, along one block of terms.</summary>
    private static void MultiplyBlock(WorkerTeam team, ProductOperands x, Block block, float* panels)
    {
        var a = x.TransA ? x.A + (block.Term * x.Lda) + block.Row : x.A + (block.Row * x.Lda) + block.Term;
        if (!x.TransA && x.Lda % SetStride != 0)
        {
            // Rows of A are read where they are: the micro-kernel takes one value of each at a time, and they lie in sequence.
            MultiplyTiles(x, block, panels, a, TKernel.Rows * x.Lda, x.Lda, 1);
            return;
        }

        using var packed = team.Scratch.Rent(Tiles(block.M, TKernel.Rows) * TKernel.Rows * block.K);
        if (x.TransA)
        {
            Packing.Columns(a, x.Lda, block.K, block.M, TKernel.Rows, packed.Pointer);
            MultiplyTiles(x, block, panels, packed.Pointer, TKernel.Rows * (nint)block.K, 1, TKernel.Rows);
            return;
        }

        for (var row = 0; row < block.M; row++)
            new ReadOnlySpan<float>(a + (row * x.Lda), block.K).CopyTo(new Span<float>(packed.Pointer + ((nint)row * block.K), block.K));
        MultiplyTiles(x, block, panels, packed.Pointer, TKernel.Rows * (nint)block.K, block.K, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(
        ProductOperands x, Block block, float* panels, float* a, nint tileStride, nint rowStride, nint stepStride)
    {
        var beta = block.Term == 0 ? x.Beta : 1;
        for (var column = 0; column < block.N; column += TKernel.Columns, panels += TKernel.Columns * (nint)block.K)
        {
            var columns = Math.Min(TKernel.Columns, block.N - column);
            var c = x.C + (block.Row * x.Ldc) + block.Column + column;
            var from = a;
            for (var row = 0; row < block.M; row += TKernel.Rows, from += tileStride, c += TKernel.Rows * x.Ldc)
            {
                var rows = Math.Min(TKernel.Rows, block.M - row);
                if (rows == TKernel.Rows && columns == TKernel.Columns)
                    TKernel.Multiply(block.K, from, rowStride, stepStride, rows, panels, x.Alpha, beta, c, x.Ldc);
                else
                    MultiplyEdge(block.K, from, rowStride, stepStride, rows, columns, panels, x.Alpha, beta, c, x.Ldc);
            }
        }
    }

    /// <summary>A tile that hangs over C's edge, by way of a whole one.</summary>
    [SkipLocalsInit]
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

    private static bool IsShared(ProductOperands x) => (long)x.M * x.N * x.K > SerialWork;

    private static void Share(WorkerTeam team, bool shared, int parts, Action<int> body)
    {
        if (shared)
        {
            team.Run(parts, body);
            return;
        }

        for (var part = 0; part < parts; part++)
            body(part);
    }

    private static int Tiles(int length, int tile) => (length + tile - 1) / tile;

    /// <summary>The share of <paramref name="part"/> when <paramref name="count"/> is cut into even parts.</summary>
    private static (int First, int End) Range(int count, int part, int parts) =>
        ((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts));

    /// <summary>
    /// Cuts <paramref name="length"/> into the fewest blocks of at most <paramref name="most"/>, evenly, in multiples of
    /// <paramref name="unit"/>.
    /// </summary>
    private static int EvenBlock(int length, int most, int unit)
    {
        var blocks = Tiles(length, most);
        return Tiles(Tiles(length, blocks), unit) * unit;
    }

    /// <summary>A box of the product: rows and columns of C, and terms of its sums.</summary>
    private readonly record struct Block(int Row, int M, int Column, int N, int Term, int K);
}
