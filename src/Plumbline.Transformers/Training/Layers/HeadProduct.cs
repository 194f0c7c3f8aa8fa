using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// Small and narrow products on one thread, without packing: inside an attention head, where both operands lie in the first cache, and with a
/// low-rank factor, where one does. Register tiles of up to 6 × 16.
/// </summary>
internal static unsafe class HeadProduct
{
    /// <summary>Columns that a full tile covers: pad to a multiple of it where there is a choice.</summary>
    public const int TileColumns = 16;

    /// <summary>Columns that the narrowest vector tile covers.</summary>
    public const int HalfTileColumns = 8;

    /// <summary>Rows that a full tile covers.</summary>
    public const int TileRows = 6;

    /// <summary>
    /// c[m, n] = Σₖ a[m, k] · b[k, n], added to c if <paramref name="accumulate"/>. a's element (i, k) is at
    /// <paramref name="a"/> + i·<paramref name="aRow"/> + k·<paramref name="aColumn"/>, so that it may be read transposed; b and c are row-major.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int m, int n, int k, float* a, nint aRow, nint aColumn, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        var column = 0;
        for (; column + TileColumns <= n; column += TileColumns)
        {
            for (var row = 0; row < m;)
            {
                var height = TileHeight(m - row);
                var rows = a + (row * aRow);
                var columns = b + column;
                var sums = c + (row * ldc) + column;
                switch (height)
                {
                    case 6:
                        Tile6(k, rows, aRow, aColumn, columns, ldb, sums, ldc, accumulate);
                        break;
                    case 4:
                        Tile4(k, rows, aRow, aColumn, columns, ldb, sums, ldc, accumulate);
                        break;
                    case 3:
                        Tile3(k, rows, aRow, aColumn, columns, ldb, sums, ldc, accumulate);
                        break;
                    default:
                        Tile1(k, rows, aColumn, columns, ldb, sums, accumulate);
                        break;
                }

                row += height;
            }
        }

        if (column + HalfTileColumns <= n)
        {
            var row = 0;
            for (; row + TileRows <= m; row += TileRows)
                HalfTile6(k, a + (row * aRow), aRow, aColumn, b + column, ldb, c + (row * ldc) + column, ldc, accumulate);
            for (; row < m; row++)
                HalfTile1(k, a + (row * aRow), aColumn, b + column, ldb, c + (row * ldc) + column, accumulate);
            column += HalfTileColumns;
        }

        for (; column < n; column++)
        {
            for (var row = 0; row < m; row++)
            {
                var sum = accumulate ? c[(row * ldc) + column] : 0f;
                for (var i = 0; i < k; i++)
                    sum = MathF.FusedMultiplyAdd(a[(row * aRow) + (i * aColumn)], b[(i * ldb) + column], sum);
                c[(row * ldc) + column] = sum;
            }
        }
    }

    /// <summary>The next tile's rows: as many as keep what follows from being a sliver.</summary>
    private static int TileHeight(int left) => left switch
    {
        7 or 8 => 4,
        >= TileRows => TileRows,
        >= 4 => 4,
        3 => 3,
        _ => 1,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile6(int k, float* a, nint aRow, nint aColumn, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        if (accumulate)
        {
            c00 = Vector256.Load(c);
            c01 = Vector256.Load(c + 8);
            c10 = Vector256.Load(c + ldc);
            c11 = Vector256.Load(c + ldc + 8);
            c20 = Vector256.Load(c + (2 * ldc));
            c21 = Vector256.Load(c + (2 * ldc) + 8);
            c30 = Vector256.Load(c + (3 * ldc));
            c31 = Vector256.Load(c + (3 * ldc) + 8);
            c40 = Vector256.Load(c + (4 * ldc));
            c41 = Vector256.Load(c + (4 * ldc) + 8);
            c50 = Vector256.Load(c + (5 * ldc));
            c51 = Vector256.Load(c + (5 * ldc) + 8);
        }

        var a3 = a + (3 * aRow);
        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2 * aRow]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(*a3);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            x = Vector256.Create(a3[aRow]);
            c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(x, b1, c41);
            x = Vector256.Create(a3[2 * aRow]);
            c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(x, b1, c51);
            a += aColumn;
            a3 += aColumn;
            b += ldb;
        }

        c00.Store(c);
        c01.Store(c + 8);
        c10.Store(c + ldc);
        c11.Store(c + ldc + 8);
        c20.Store(c + (2 * ldc));
        c21.Store(c + (2 * ldc) + 8);
        c30.Store(c + (3 * ldc));
        c31.Store(c + (3 * ldc) + 8);
        c40.Store(c + (4 * ldc));
        c41.Store(c + (4 * ldc) + 8);
        c50.Store(c + (5 * ldc));
        c51.Store(c + (5 * ldc) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile4(int k, float* a, nint aRow, nint aColumn, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        if (accumulate)
        {
            c00 = Vector256.Load(c);
            c01 = Vector256.Load(c + 8);
            c10 = Vector256.Load(c + ldc);
            c11 = Vector256.Load(c + ldc + 8);
            c20 = Vector256.Load(c + (2 * ldc));
            c21 = Vector256.Load(c + (2 * ldc) + 8);
            c30 = Vector256.Load(c + (3 * ldc));
            c31 = Vector256.Load(c + (3 * ldc) + 8);
        }

        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2 * aRow]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            x = Vector256.Create(a[3 * aRow]);
            c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(x, b1, c31);
            a += aColumn;
            b += ldb;
        }

        c00.Store(c);
        c01.Store(c + 8);
        c10.Store(c + ldc);
        c11.Store(c + ldc + 8);
        c20.Store(c + (2 * ldc));
        c21.Store(c + (2 * ldc) + 8);
        c30.Store(c + (3 * ldc));
        c31.Store(c + (3 * ldc) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile3(int k, float* a, nint aRow, nint aColumn, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        if (accumulate)
        {
            c00 = Vector256.Load(c);
            c01 = Vector256.Load(c + 8);
            c10 = Vector256.Load(c + ldc);
            c11 = Vector256.Load(c + ldc + 8);
            c20 = Vector256.Load(c + (2 * ldc));
            c21 = Vector256.Load(c + (2 * ldc) + 8);
        }

        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(b);
            var b1 = Vector256.Load(b + 8);
            var x = Vector256.Create(*a);
            c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(x, b1, c01);
            x = Vector256.Create(a[aRow]);
            c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(x, b1, c11);
            x = Vector256.Create(a[2 * aRow]);
            c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(x, b1, c21);
            a += aColumn;
            b += ldb;
        }

        c00.Store(c);
        c01.Store(c + 8);
        c10.Store(c + ldc);
        c11.Store(c + ldc + 8);
        c20.Store(c + (2 * ldc));
        c21.Store(c + (2 * ldc) + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile1(int k, float* a, nint aColumn, float* b, nint ldb, float* c, bool accumulate)
    {
        var c0 = accumulate ? Vector256.Load(c) : default;
        var c1 = accumulate ? Vector256.Load(c + 8) : default;
        for (var i = 0; i < k; i++)
        {
            var x = Vector256.Create(*a);
            c0 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b), c0);
            c1 = Vector256.FusedMultiplyAdd(x, Vector256.Load(b + 8), c1);
            a += aColumn;
            b += ldb;
        }

        c0.Store(c);
        c1.Store(c + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfTile6(int k, float* a, nint aRow, nint aColumn, float* b, nint ldb, float* c, nint ldc, bool accumulate)
    {
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default, c4 = default, c5 = default;
        if (accumulate)
        {
            c0 = Vector256.Load(c);
            c1 = Vector256.Load(c + ldc);
            c2 = Vector256.Load(c + (2 * ldc));
            c3 = Vector256.Load(c + (3 * ldc));
            c4 = Vector256.Load(c + (4 * ldc));
            c5 = Vector256.Load(c + (5 * ldc));
        }

        var a3 = a + (3 * aRow);
        for (var i = 0; i < k; i++)
        {
            var b0 = Vector256.Load(b);
            c0 = Vector256.FusedMultiplyAdd(Vector256.Create(*a), b0, c0);
            c1 = Vector256.FusedMultiplyAdd(Vector256.Create(a[aRow]), b0, c1);
            c2 = Vector256.FusedMultiplyAdd(Vector256.Create(a[2 * aRow]), b0, c2);
            c3 = Vector256.FusedMultiplyAdd(Vector256.Create(*a3), b0, c3);
            c4 = Vector256.FusedMultiplyAdd(Vector256.Create(a3[aRow]), b0, c4);
            c5 = Vector256.FusedMultiplyAdd(Vector256.Create(a3[2 * aRow]), b0, c5);
            a += aColumn;
            a3 += aColumn;
            b += ldb;
        }

        c0.Store(c);
        c1.Store(c + ldc);
        c2.Store(c + (2 * ldc));
        c3.Store(c + (3 * ldc));
        c4.Store(c + (4 * ldc));
        c5.Store(c + (5 * ldc));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void HalfTile1(int k, float* a, nint aColumn, float* b, nint ldb, float* c, bool accumulate)
    {
        var sum = accumulate ? Vector256.Load(c) : default;
        for (var i = 0; i < k; i++)
        {
            sum = Vector256.FusedMultiplyAdd(Vector256.Create(*a), Vector256.Load(b), sum);
            a += aColumn;
            b += ldb;
        }

        sum.Store(c);
    }
}
