using Plumbline.Transformers.Tensors;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>A weight as it shall be written.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Weight">Its values.</param>
/// <param name="Vector">A single row is stored as one dimension, [n], not [1, n].</param>
/// <param name="Type">The dtype in the file; the weight's own where it is null.</param>
public sealed record StoredWeight(string Name, Weight Weight, bool Vector = false, DType? Type = null)
{
    /// <summary>The dtype in the file.</summary>
    public DType StoredType => Type ?? Weight.Type;

    /// <summary>Bytes in the file.</summary>
    public long Bytes => DTypeLayout.RowBytes(StoredType, Weight.Columns) * Weight.Rows;
}
