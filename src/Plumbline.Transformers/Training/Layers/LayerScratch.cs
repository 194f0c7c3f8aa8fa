namespace Plumbline.Transformers.Training.Layers;

/// <summary>Room that all layers of a pass share, one after another.</summary>
internal readonly unsafe struct LayerScratch
{
    public LayerScratch(ActivationArena arena, LayerSize size, int rows, long projection)
    {
        Output = arena.Take((long)rows * size.Hidden);
        Spread = arena.Take((long)rows * size.Hidden);
        Normed = arena.Take((long)rows * size.Hidden);
        Gated = arena.Take((long)rows * size.Intermediate);
        AttendedGradient = arena.Take((long)rows * size.Attention.QueryWidth);
        RowGradient = arena.Take((long)rows * size.Attention.RowWidth);
        NormPartials = arena.Take((long)RowPartition.Blocks(rows) * Math.Max(size.Hidden, size.Attention.HeadSize));
        Projection = arena.Take(projection);
    }

    /// <summary>The residual stream after the last layer, then its gradient: [rows after attention, hidden].</summary>
    public float* Output { get; }

    /// <summary>The residual stream's gradient for all rows, where it came for some: [rows, hidden].</summary>
    public float* Spread { get; }

    /// <summary>[rows, hidden].</summary>
    public float* Normed { get; }

    /// <summary>[rows, intermediate].</summary>
    public float* Gated { get; }

    /// <summary>[rows, heads × head].</summary>
    public float* AttendedGradient { get; }

    /// <summary>[rows, q | k | v].</summary>
    public float* RowGradient { get; }

    /// <summary>[row blocks, hidden].</summary>
    public float* NormPartials { get; }

    /// <summary>As long as the hungriest projection needs.</summary>
    public float* Projection { get; }
}
