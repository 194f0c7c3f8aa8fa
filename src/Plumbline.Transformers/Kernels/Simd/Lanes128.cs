using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Plumbline.Transformers.Kernels.Simd;

/// <summary>Four floats: NEON, SSE, or what the runtime makes of them. The portable path.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 4;
    }

    public static Vector128<float> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<float>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadF16(ushort* source)
    {
        // Sign, exponent and mantissa moved into binary32's places leave the exponent 112 too small; a product with 2¹¹² mends normals
        // and subnormals exactly. Infinity and NaN (2¹⁶ and above by now) get binary32's all-ones exponent instead.
        var moved = (WidenI16(source) << 13) & Vector128.Create(unchecked((int)0x8FFFE000));
        var scaled = (moved.AsSingle() * Vector128.Create(5.192296858534828e33f)).AsInt32();
        var special = Vector128.GreaterThan(scaled & Vector128.Create(0x7FFFFFFF), Vector128.Create(0x477FFFFF));
        return (scaled | (special & Vector128.Create(0x7F800000))).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadBF16(ushort* source) => (WidenU16(source) << 16).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadI8(sbyte* source) =>
        Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)source).AsSByte())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> a, Vector128<float> b) => a - b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> a, Vector128<float> b) => a * b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> a, Vector128<float> b) => a / b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> a, Vector128<float> b) => Vector128.MaxNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Min(Vector128<float> a, Vector128<float> b) => Vector128.MinNative(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> a) => Vector128.Sqrt(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> a)
    {
        var pairs = a + Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1));
        return pairs.GetElement(0) + pairs.GetElement(1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sums(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        // Transposed on the way, so that four sums take little more than one: (0 + 2) + (1 + 3) of each, as in Sum.
        var ab = Interleave(a, b);
        var cd = Interleave(c, d);
        if (Sse.IsSupported)
            return Sse.MoveLowToHigh(ab, cd) + Sse.MoveHighToLow(cd, ab);
        return Vector128.Create(ab.GetLower(), cd.GetLower()) + Vector128.Create(ab.GetUpper(), cd.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxOf(Vector128<float> a)
    {
        var pairs = Vector128.Max(a, Vector128.Shuffle(a, Vector128.Create(2, 3, 0, 1)));
        return MathF.Max(pairs.GetElement(0), pairs.GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ScaleByPowerOfTwo(Vector128<float> a, Vector128<float> n)
    {
        // In two halves, so that neither factor leaves the exponent's range.
        var whole = Vector128.ConvertToInt32Native(n);
        var half = whole >> 1;
        var low = ((half + Vector128.Create(127)) << 23).AsSingle();
        var high = ((whole - half + Vector128.Create(127)) << 23).AsSingle();
        return a * low * high;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Round(Vector128<float> a) => Vector128.Round(a);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> WidenI16(ushort* source) => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> WidenU16(ushort* source) => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsUInt16());

    /// <summary>(a0 + a2, b0 + b2, a1 + a3, b1 + b3)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(a, b) + Sse.UnpackHigh(a, b);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(a, b) + AdvSimd.Arm64.ZipHigh(a, b);
        return Vector128.Create(a[0] + a[2], b[0] + b[2], a[1] + a[3], b[1] + b[3]);
    }
}
