using Plumbline.Transformers.Kernels.Simd;

namespace Plumbline.Transformers.Kernels.Products;

/// <summary>Whether a tile fetches the rows that come after its own.</summary>
internal unsafe interface IAhead
{
    /// <summary>Called for each vector's step through four neighbouring F32 rows, with the four after them.</summary>
    static abstract void Fetch<TLanes, TVector>(float* next, int index)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
