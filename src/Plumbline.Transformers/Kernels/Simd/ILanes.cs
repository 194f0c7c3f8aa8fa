using System.Runtime.Intrinsics;

namespace Plumbline.Transformers.Kernels.Simd;

/// <summary>
/// The few operations that the kernels need from a vector of floats. A kernel is written once against this and compiled for each width:
/// the type arguments are structs, so the JIT specialises and inlines every call.
/// </summary>
/// <typeparam name="TVector">The vector of <see cref="Count"/> floats.</typeparam>
internal unsafe interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>All lanes zero.</summary>
    static abstract TVector Zero { get; }

    /// <summary>All lanes <paramref name="value"/>.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>Reads a vector, of any alignment.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Reads IEEE binary16 values; exact, including subnormals, infinities and NaN.</summary>
    static abstract TVector LoadF16(ushort* source);

    /// <summary>Reads upper halves of binary32 values; exact.</summary>
    static abstract TVector LoadBF16(ushort* source);

    /// <summary>Reads signed bytes; exact.</summary>
    static abstract TVector LoadI8(sbyte* source);

    /// <summary>Writes a vector, of any alignment.</summary>
    static abstract void Store(TVector value, float* destination);

    /// <summary>a + b.</summary>
    static abstract TVector Add(TVector a, TVector b);

    /// <summary>a − b.</summary>
    static abstract TVector Subtract(TVector a, TVector b);

    /// <summary>a · b.</summary>
    static abstract TVector Multiply(TVector a, TVector b);

    /// <summary>a ÷ b.</summary>
    static abstract TVector Divide(TVector a, TVector b);

    /// <summary>The larger; NaN if <paramref name="b"/> is.</summary>
    static abstract TVector Max(TVector a, TVector b);

    /// <summary>The smaller; NaN if <paramref name="b"/> is.</summary>
    static abstract TVector Min(TVector a, TVector b);

    /// <summary>√a.</summary>
    static abstract TVector Sqrt(TVector a);

    /// <summary>a · b + c, fused where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector a, TVector b, TVector c);

    /// <summary>a · b + c for one value, rounded as <see cref="MultiplyAdd(TVector, TVector, TVector)"/> rounds.</summary>
    static abstract float MultiplyAdd(float a, float b, float c);

    /// <summary>Sum of the lanes, in a fixed order.</summary>
    static abstract float Sum(TVector a);

    /// <summary>The <see cref="Sum"/> of each of four vectors, with the same bits.</summary>
    static abstract Vector128<float> Sums(TVector a, TVector b, TVector c, TVector d);

    /// <summary>Largest lane, of lanes that are numbers.</summary>
    static abstract float MaxOf(TVector a);

    /// <summary>a · 2ⁿ for whole n given as the integer part of a float in −127…128.</summary>
    static abstract TVector ScaleByPowerOfTwo(TVector a, TVector n);

    /// <summary>Nearest whole number, ties to even.</summary>
    static abstract TVector Round(TVector a);
}
