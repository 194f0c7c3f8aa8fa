using System.Runtime.Intrinsics;
using Plumbline.Transformers.Kernels.Products;
using Plumbline.Transformers.Kernels.Simd;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Kernels;

/// <summary>Some neighbouring rows of a stored weight: what one thread multiplies at a time.</summary>
internal readonly unsafe record struct WeightBlock(WeightOutput Output, int First, int Rows)
{
    /// <summary>y[m, <see cref="Rows"/>] ← x · these rows, transposed.</summary>
    public void Apply(ScratchPool scratch, float* x, int ldx, int m)
    {
        if (Isa.IsAvx512)
            Apply<Lanes512, Vector512<float>>(scratch, x, ldx, m);
        else if (Isa.IsAvx2)
            Apply<Lanes256, Vector256<float>>(scratch, x, ldx, m);
        else
            Apply<Lanes128, Vector128<float>>(scratch, x, ldx, m);
        GC.KeepAlive(Output.Weight);
    }

    private void Apply<TLanes, TVector>(ScratchPool scratch, float* x, int ldx, int m)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        switch (Output.Weight.Type)
        {
            case DType.F32:
                Apply<TLanes, TVector, PlainRows<TLanes, TVector, F32Format<TLanes, TVector>>>(scratch, x, ldx, m);
                break;
            case DType.F16:
                Apply<TLanes, TVector, PlainRows<TLanes, TVector, F16Format<TLanes, TVector>>>(scratch, x, ldx, m);
                break;
            case DType.BF16:
                Apply<TLanes, TVector, PlainRows<TLanes, TVector, BF16Format<TLanes, TVector>>>(scratch, x, ldx, m);
                break;
            case DType.Q8_0:
                Apply<TLanes, TVector, Q8Rows<TLanes, TVector>>(scratch, x, ldx, m);
                break;
            default:
                throw new InvalidOperationException($"Weight {Output.Weight.Name} has the unknown dtype {Output.Weight.Type}.");
        }
    }

    private void Apply<TLanes, TVector, TRows>(ScratchPool scratch, float* x, int ldx, int m)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, IStoredRows
    {
        var w = Output.Weight;
        var source = w.Data + (First * w.RowBytes);
        var y = Output.Y + First;
        if (m == 1)
        {
            ApplyToOne<TRows>(source, x, y);
            return;
        }

        if (w.Type == DType.F32)
        {
            RowTiles<TLanes, TVector>.Multiply<Ahead>(x, ldx, m, (float*)source, w.Columns, Rows, w.Columns, y, Output.Stride);
            return;
        }

        // Decoded once for all rows of x: four rows at a time, which stay in L1 beside x, or else the block, which stays in L2.
        var most = RowTiles<TLanes, TVector>.FitsL1(m, w.Columns) ? 4 : Rows;
        using var decoded = scratch.Rent(most * w.Columns);
        for (var first = 0; first < Rows; first += most)
        {
            var rows = Math.Min(most, Rows - first);
            for (var row = 0; row < rows; row++)
                TRows.Decode(source + ((first + row) * w.RowBytes), w.Columns, decoded.Pointer + ((nint)row * w.Columns));
            RowTiles<TLanes, TVector>.Multiply<NotAhead>(x, ldx, m, decoded.Pointer, w.Columns, rows, w.Columns, y + first, Output.Stride);
        }
    }

    private void ApplyToOne<TRows>(byte* source, float* x, float* y)
        where TRows : struct, IStoredRows
    {
        var w = Output.Weight;
        var row = 0;
        for (; row <= Rows - 4; row += 4)
            TRows.Four(x, source + (row * w.RowBytes), (nint)w.RowBytes, w.Columns, y + row);
        for (; row < Rows; row++)
            TRows.One(x, source + (row * w.RowBytes), w.Columns, y + row);
    }
}
