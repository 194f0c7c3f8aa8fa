using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Copies operands into the order in which the micro-kernel reads them, padded with zeros to whole tiles.</summary>
internal static unsafe class Packing
{
    /// <summary>Copies <paramref name="count"/> ≤ <paramref name="width"/> neighbouring columns of a [k, …] matrix to [k, width].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Columns(float* source, nint stride, int k, int count, int width, float* destination)
    {
        for (var p = 0; p < k; p++, source += stride, destination += width)
        {
            var column = 0;
            if (count == width && Vector256.IsHardwareAccelerated)
            {
                for (; column + 8 <= width; column += 8)
                    Vector256.Load(source + column).Store(destination + column);
            }

            for (; column < count; column++)
                destination[column] = source[column];
            for (; column < width; column++)
                destination[column] = 0;
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
            Transpose8(source + p, stride, destination + ((long)p * width), width);
        for (; p < k; p++)
        {
            for (var row = 0; row < 8; row++)
                destination[((long)p * width) + row] = source[(row * stride) + p];
        }
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
