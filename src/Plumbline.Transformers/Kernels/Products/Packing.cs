using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Copies operands into the order in which the micro-kernel reads them, padded with zeros to whole tiles.</summary>
internal static unsafe class Packing
{
    /// <summary>Cuts <paramref name="count"/> neighbouring columns of a [k, …] matrix into tiles of [k, width], the last padded.</summary>
    public static void Columns(float* source, nint stride, int k, int count, int width, float* destination)
    {
        // Four tiles at a time, so that whole cache lines of the source are used while they are near.
        var tile = (nint)k * width;
        while (count >= width)
        {
            var tiles = Math.Min(4, count / width);
            if (width == 6 && tiles == 4)
                FourTilesOfSix(source, stride, k, destination);
            else if (width == 16 && tiles == 4 && Vector256.IsHardwareAccelerated)
                FourTilesOfSixteen(source, stride, k, destination);
            else
                WholeTiles(source, stride, k, tiles, width, destination);
            count -= tiles * width;
            source += tiles * width;
            destination += tiles * tile;
        }

        if (count > 0)
            PartOfTile(source, stride, k, count, width, destination);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WholeTiles(float* source, nint stride, int k, int tiles, int width, float* destination)
    {
        var tile = (nint)k * width;
        for (var p = 0; p < k; p++, source += stride, destination += width)
        {
            var from = source;
            var to = destination;
            for (var t = 0; t < tiles; t++, from += width, to += tile)
            {
                // Widths are even: 6 or 12 rows of A, 8, 16 or 32 columns of B.
                var column = 0;
                for (; column <= width - 4; column += 4)
                    Vector128.Load(from + column).Store(to + column);
                if (column < width)
                    *(ulong*)(to + column) = *(ulong*)(from + column);
            }
        }
    }

    /// <summary>Tiles of A, without inner loops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourTilesOfSix(float* source, nint stride, int k, float* first)
    {
        var tile = 6 * (nint)k;
        var second = first + tile;
        var third = second + tile;
        var fourth = third + tile;
        var end = first + tile;
        for (; first < end; first += 6, second += 6, third += 6, fourth += 6, source += stride)
        {
            Vector128.Load(source).Store(first);
            *(ulong*)(first + 4) = *(ulong*)(source + 4);
            Vector128.Load(source + 6).Store(second);
            *(ulong*)(second + 4) = *(ulong*)(source + 10);
            Vector128.Load(source + 12).Store(third);
            *(ulong*)(third + 4) = *(ulong*)(source + 16);
            Vector128.Load(source + 18).Store(fourth);
            *(ulong*)(fourth + 4) = *(ulong*)(source + 22);
        }
    }

    /// <summary>Tiles of B, without inner loops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourTilesOfSixteen(float* source, nint stride, int k, float* first)
    {
        var tile = 16 * (nint)k;
        var second = first + tile;
        var third = second + tile;
        var fourth = third + tile;
        var end = first + tile;
        for (; first < end; first += 16, second += 16, third += 16, fourth += 16, source += stride)
        {
            Vector256.Load(source).Store(first);
            Vector256.Load(source + 8).Store(first + 8);
            Vector256.Load(source + 16).Store(second);
            Vector256.Load(source + 24).Store(second + 8);
            Vector256.Load(source + 32).Store(third);
            Vector256.Load(source + 40).Store(third + 8);
            Vector256.Load(source + 48).Store(fourth);
            Vector256.Load(source + 56).Store(fourth + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PartOfTile(float* source, nint stride, int k, int count, int width, float* destination)
    {
        for (var p = 0; p < k; p++, source += stride, destination += width)
        {
            for (var column = 0; column < width; column++)
                destination[column] = column < count ? source[column] : 0;
        }
    }

    /// <summary>Transposes <paramref name="count"/> ≤ <paramref name="width"/> neighbouring rows of a […, k] matrix to [k, width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(float* source, nint stride, int k, int count, int width, float* destination)
    {
        var row = 0;
        if (Isa.IsAvx2)
        {
            for (; row + 8 <= count; row += 8)
                EightRows(source + (row * stride), stride, k, width, destination + row);
        }

        for (; row < count; row++)
        {
            var from = source + (row * stride);
            for (var p = 0; p < k; p++)
                destination[((long)p * width) + row] = from[p];
        }

        for (; row < width; row++)
        {
            for (var p = 0; p < k; p++)
                destination[((long)p * width) + row] = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRows(float* source, nint stride, int k, int width, float* destination)
    {
        var p = 0;
        for (; p + 8 <= k; p += 8)
        {
            // Two steps to a cache line of each row.
            if (p % 16 == 0)
                FetchEight(source + (8 * stride) + p, stride);
            Transpose8(source + p, stride, destination + ((long)p * width), width);
        }

        for (; p < k; p++)
        {
            for (var row = 0; row < 8; row++)
                destination[((long)p * width) + row] = source[(row * stride) + p];
        }
    }

    /// <summary>The eight rows that are packed next, which are too short for the processor to see them coming.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FetchEight(float* source, nint stride)
    {
        Ahead.Fetch((byte*)source);
        Ahead.Fetch((byte*)(source + stride));
        Ahead.Fetch((byte*)(source + (2 * stride)));
        Ahead.Fetch((byte*)(source + (3 * stride)));
        Ahead.Fetch((byte*)(source + (4 * stride)));
        Ahead.Fetch((byte*)(source + (5 * stride)));
        Ahead.Fetch((byte*)(source + (6 * stride)));
        Ahead.Fetch((byte*)(source + (7 * stride)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose8(float* source, nint stride, float* destination, int width)
    {
        var r0 = Vector256.Load(source);
        var r1 = Vector256.Load(source + stride);
        var r2 = Vector256.Load(source + (2 * stride));
        var r3 = Vector256.Load(source + (3 * stride));
        var r4 = Vector256.Load(source + (4 * stride));
        var r5 = Vector256.Load(source + (5 * stride));
        var r6 = Vector256.Load(source + (6 * stride));
        var r7 = Vector256.Load(source + (7 * stride));
        var t0 = Avx.UnpackLow(r0, r1).AsDouble();
        var t1 = Avx.UnpackHigh(r0, r1).AsDouble();
        var t2 = Avx.UnpackLow(r2, r3).AsDouble();
        var t3 = Avx.UnpackHigh(r2, r3).AsDouble();
        var t4 = Avx.UnpackLow(r4, r5).AsDouble();
        var t5 = Avx.UnpackHigh(r4, r5).AsDouble();
        var t6 = Avx.UnpackLow(r6, r7).AsDouble();
        var t7 = Avx.UnpackHigh(r6, r7).AsDouble();
        var q0 = Avx.UnpackLow(t0, t2).AsSingle();
        var q1 = Avx.UnpackHigh(t0, t2).AsSingle();
        var q2 = Avx.UnpackLow(t1, t3).AsSingle();
        var q3 = Avx.UnpackHigh(t1, t3).AsSingle();
        var q4 = Avx.UnpackLow(t4, t6).AsSingle();
        var q5 = Avx.UnpackHigh(t4, t6).AsSingle();
        var q6 = Avx.UnpackLow(t5, t7).AsSingle();
        var q7 = Avx.UnpackHigh(t5, t7).AsSingle();
        Avx.Permute2x128(q0, q4, 0x20).Store(destination);
        Avx.Permute2x128(q1, q5, 0x20).Store(destination + width);
        Avx.Permute2x128(q2, q6, 0x20).Store(destination + (2 * width));
        Avx.Permute2x128(q3, q7, 0x20).Store(destination + (3 * width));
        Avx.Permute2x128(q0, q4, 0x31).Store(destination + (4 * width));
        Avx.Permute2x128(q1, q5, 0x31).Store(destination + (5 * width));
        Avx.Permute2x128(q2, q6, 0x31).Store(destination + (6 * width));
        Avx.Permute2x128(q3, q7, 0x31).Store(destination + (7 * width));
    }
}
