using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Products;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Product of activations with a stored weight, for inference.</summary>
internal static unsafe class WeightProduct
{
    /// <summary>y[m, <c>w.Rows</c>] ← x[m, <c>w.Columns</c>] · Wᵀ, from whatever dtype the weight is stored in.</summary>
    /// <remarks>
    /// Bitwise batch-invariant: a row of y depends on the same row of x alone, whatever m and the team are. Every dtype gives the bits
    /// that the same weight stored as F32 gives.
    /// </remarks>
    /// <param name="team">Who works.</param>
    /// <param name="w">The weight, [out, in].</param>
    /// <param name="x">Activations.</param>
    /// <param name="ldx">Floats from one row of x to the next.</param>
    /// <param name="m">Rows of x and y.</param>
    /// <param name="y">Result; does not overlap x.</param>
    /// <param name="ldy">Floats from one row of y to the next.</param>
    /// <exception cref="ArgumentOutOfRangeException">m is negative, or a leading dimension is shorter than a row.</exception>
    public static void Apply(WorkerTeam team, Weight w, float* x, int ldx, int m, float* y, int ldy)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(m);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldx, w.Columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(ldy, w.Rows);
        if (Isa.IsAvx512)
            Apply<Lanes512, Vector512<float>>(team, w, x, ldx, m, y, ldy);
        else if (Isa.IsAvx2)
            Apply<Lanes256, Vector256<float>>(team, w, x, ldx, m, y, ldy);
        else
            Apply<Lanes128, Vector128<float>>(team, w, x, ldx, m, y, ldy);
        GC.KeepAlive(w);
    }

    private static void Apply<TLanes, TVector>(WorkerTeam team, Weight w, float* x, int ldx, int m, float* y, int ldy)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        switch (w.Type)
        {
            case DType.F32:
                BlockedWeight<TLanes, TVector, PlainRows<TLanes, TVector, F32Format<TLanes, TVector>>>.Apply(team, w, x, ldx, m, y, ldy);
                break;
            case DType.F16:
                BlockedWeight<TLanes, TVector, PlainRows<TLanes, TVector, F16Format<TLanes, TVector>>>.Apply(team, w, x, ldx, m, y, ldy);
                break;
            case DType.BF16:
                BlockedWeight<TLanes, TVector, PlainRows<TLanes, TVector, BF16Format<TLanes, TVector>>>.Apply(team, w, x, ldx, m, y, ldy);
                break;
            case DType.Q8_0:
                BlockedWeight<TLanes, TVector, Q8Rows<TLanes, TVector>>.Apply(team, w, x, ldx, m, y, ldy);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(w), w.Type, $"Weight {w.Name} has an unknown dtype.");
        }
    }
}
