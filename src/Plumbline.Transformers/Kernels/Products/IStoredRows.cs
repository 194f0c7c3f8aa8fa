namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Dot products of one row of x with rows of a weight as it is stored.</summary>
/// <remarks>
/// Each output has one vector of sums along k, then a fixed sum across its lanes, then the terms beyond the last whole vector one by one:
/// the same roundings here and in <see cref="RowTiles{TLanes, TVector}"/>, so an output's bits depend neither on the rows that it is
/// computed together with nor on the dtype.
/// </remarks>
internal unsafe interface IStoredRows
{
    /// <summary>y[0 … 3] ← x[k] · four rows.</summary>
    static abstract void Four(float* x, byte* w, nint rowBytes, int k, float* y);

    /// <summary>y[0] ← x[k] · one row.</summary>
    static abstract void One(float* x, byte* w, int k, float* y);

    /// <summary>Writes one row as F32; exact.</summary>
    static abstract void Decode(byte* w, int k, float* destination);
}
