using System.Runtime.CompilerServices;
using Plumbline.Transformers.Kernels.Products;

namespace Plumbline.Transformers.Training.Layers;

/// <summary>One key and value head of a sequence, and its query heads, in rows [q | k | v]; copies keys and values to where products run fast.</summary>
internal readonly unsafe struct HeadView(AttentionShape shape, SequenceHead head, float* rows)
{
    private readonly float* origin = rows + ((long)head.FirstRow * shape.RowWidth);

    public int FirstRow => head.FirstRow;

    public int Length => head.Length;

    public int KeyValueHead => head.KeyValueHead;

    /// <summary>The first of its query heads.</summary>
    public int FirstHead => head.KeyValueHead * shape.GroupSize;

    /// <summary>Values from one row to the next.</summary>
    public nint Stride => shape.RowWidth;

    public float* Query(int queryHead, int position) => origin + ((long)position * shape.RowWidth) + (queryHead * shape.HeadSize);

    /// <summary>[head, padded]: columns past the sequence are zero.</summary>
    public void PackKeys(float* destination, int padded) => PackTransposed(Key(0), destination, padded);

    /// <summary>[head, padded]: columns past the sequence are zero.</summary>
    public void PackValuesTransposed(float* destination, int padded) => PackTransposed(Value(0), destination, padded);

    /// <summary>[length, head].</summary>
    public void PackKeyRows(float* destination) => PackRows(Key(0), destination);

    /// <summary>[length, head].</summary>
    public void PackValues(float* destination) => PackRows(Value(0), destination);

    private float* Key(int position) => origin + ((long)position * shape.RowWidth) + shape.KeyStart + (head.KeyValueHead * shape.HeadSize);

    private float* Value(int position) => origin + ((long)position * shape.RowWidth) + shape.ValueStart + (head.KeyValueHead * shape.HeadSize);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackRows(float* source, float* destination)
    {
        var size = shape.HeadSize;
        for (var i = 0; i < head.Length; i++)
            new ReadOnlySpan<float>(source + ((long)i * shape.RowWidth), size).CopyTo(new Span<float>(destination + ((long)i * size), size));
    }

    private void PackTransposed(float* source, float* destination, int padded) =>
        Packing.Rows(source, shape.RowWidth, shape.HeadSize, head.Length, padded, destination);
}
