namespace Plumbline.Transformers.Training.Layers;

/// <summary>Sizes of grouped-query attention, and where query, key and value lie in a row [queries | keys | values].</summary>
/// <param name="Heads">Query heads.</param>
/// <param name="KeyValueHeads">Key and value heads.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="Window">Positions that a query sees, its own included; null for all before it.</param>
internal sealed record AttentionShape(int Heads, int KeyValueHeads, int HeadSize, int? Window)
{
    public int GroupSize => Heads / KeyValueHeads;

    public int QueryWidth => Heads * HeadSize;

    public int KeyWidth => KeyValueHeads * HeadSize;

    public int KeyStart => QueryWidth;

    public int ValueStart => QueryWidth + KeyWidth;

    public int RowWidth => QueryWidth + (2 * KeyWidth);

    public float Scale => 1f / MathF.Sqrt(HeadSize);

    /// <summary>The first key that a query at <paramref name="position"/> sees.</summary>
    public int FirstKey(int position) => Window is { } window ? Math.Max(0, position - window + 1) : 0;
}
