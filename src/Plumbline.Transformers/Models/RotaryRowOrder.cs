using System.Runtime.CompilerServices;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Models;

/// <summary>
/// The order of a head's rows. Hugging Face turns value i with value i + head ÷ 2; llama.cpp's Llama (like Meta's) turns neighbours,
/// so that its converter reorders the rows of query and key: row 2i comes from i, row 2i + 1 from i + head ÷ 2.
/// </summary>
internal static unsafe class RotaryRowOrder
{
    /// <summary>A copy in llama.cpp's order. A bias (one row) has its values reordered.</summary>
    public static Weight ToNeighbours(Weight weight, int headSize) => Reorder(weight, headSize, row => Head(row, headSize) + HalfSplit(row % headSize, headSize));

    /// <summary>A copy in Hugging Face's order.</summary>
    public static Weight ToHalves(Weight weight, int headSize) => Reorder(weight, headSize, row => Head(row, headSize) + Neighbour(row % headSize, headSize));

    private static int Head(int row, int headSize) => row / headSize * headSize;

    private static int HalfSplit(int row, int headSize) => (row / 2) + (row % 2 * (headSize / 2));

    private static int Neighbour(int row, int headSize) => row < headSize / 2 ? 2 * row : (2 * (row - (headSize / 2))) + 1;

    private static Weight Reorder(Weight weight, int headSize, Func<int, int> source)
    {
        if (weight.Rows == 1 && weight.Type == DType.Q8_0)
            weight = new Weight(weight.Name, weight.ToTensor());

        if (weight.Bytes == 0)
            throw new CheckpointException($"The tensor {weight.Name} is empty. Check that the file is whole, or convert the model anew.");

        // A bias is one row of values that each belong to a row of the projection.
        var (count, unit) = weight.Rows == 1 ? (weight.Columns, weight.RowBytes / weight.Columns) : (weight.Rows, weight.RowBytes);
        if (count % headSize != 0)
            throw new CheckpointException($"The tensor {weight.Name} has {count} rows, no whole number of heads of {headSize}. Check that the file is whole, or convert the model anew.");
        var copy = GC.AllocateUninitializedArray<byte>(checked((int)weight.Bytes), pinned: true);
        var start = (byte*)Unsafe.AsPointer(ref copy[0]);
        for (var row = 0; row < count; row++)
            Buffer.MemoryCopy(weight.Data + (source(row) * unit), start + (row * unit), unit, unit);
        GC.KeepAlive(weight);
        return new Weight(weight.Name, weight.Rows, weight.Columns, weight.Type, start, copy);
    }
}
