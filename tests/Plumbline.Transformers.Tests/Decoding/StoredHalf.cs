using System.Runtime.InteropServices;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Tests.Decoding;

/// <summary>A weight rounded to 16 bits.</summary>
internal static unsafe class StoredHalf
{
    public static Weight Of(Weight weight, DType type)
    {
        // A tensor of half as many columns has room for the halves of a row.
        var room = new Tensor(weight.Rows, (weight.Columns + 1) / 2);
        var bytes = (byte*)room.Pointer;
        var row = new float[weight.Columns];
        for (var i = 0; i < weight.Rows; i++)
        {
            weight.CopyRow(i, row);
            var halves = new Span<ushort>(bytes + (i * DTypeLayout.RowBytes(type, weight.Columns)), weight.Columns);
            for (var j = 0; j < row.Length; j++)
                halves[j] = type == DType.F16 ? BitConverter.HalfToUInt16Bits((Half)row[j]) : (ushort)(BitConverter.SingleToUInt32Bits(row[j]) >> 16);
        }

        return new Weight(weight.Name, weight.Rows, weight.Columns, type, bytes, room);
    }
}
