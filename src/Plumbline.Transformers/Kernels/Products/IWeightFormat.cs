namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Reads stored values into vectors of F32, in which every one of them is exact.</summary>
internal unsafe interface IWeightFormat<TVector>
    where TVector : struct
{
    /// <summary>Bytes that a value takes.</summary>
    static abstract int Bytes { get; }

    /// <summary>A vector of values from <paramref name="index"/> on.</summary>
    static abstract TVector Load(byte* row, int index);

    /// <summary>One value.</summary>
    static abstract float LoadOne(byte* row, int index);
}
