namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Reads stored weights into vectors of F32; every format's values are exact in F32.</summary>
internal unsafe interface IWeightFormat<TVector>
    where TVector : struct
{
    /// <summary>A vector of values from <paramref name="index"/> on, a multiple of the vector's length.</summary>
    static abstract TVector Load(byte* row, int index);

    /// <summary>One value.</summary>
    static abstract float LoadOne(byte* row, int index);
}
