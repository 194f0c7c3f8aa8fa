namespace Plumbline.Transformers.Checkpoints;

/// <summary>
/// A weight that a decoder of a given <see cref="ModelConfig"/> has: its Hugging Face name and its shape.
/// <paramref name="Vector"/>: stored as one dimension (norms and biases), one row of <paramref name="Columns"/>.
/// </summary>
public sealed record WeightShape(string Name, int Rows, int Columns, bool Vector)
{
    /// <summary>The shape as messages show it.</summary>
    public string Display => Vector ? $"[{Columns}]" : $"[{Rows}, {Columns}]";
}
