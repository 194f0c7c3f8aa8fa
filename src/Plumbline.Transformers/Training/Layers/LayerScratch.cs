namespace Plumbline.Transformers.Training.Layers;

/// <summary>Room that all layers of a pass share, one after another.</summary>
internal readonly unsafe struct LayerScratch
{
    public LayerScratch(ActivationArena arena, int rows, int hidden, int intermediate, AttentionShape shape, long projection)
    {
        Output = arena.Take((long)rows * hidden);
        Normed = arena.Take((long)rows * hidden);
        Gated = arena.Take((long)rows * intermediate);
        AttendedGradient = arena.Take((long)rows * shape.QueryWidth);
        RowGradient = arena.Take((long)rows * shape.RowWidth);
        NormPartials = arena.Take((long)RowPartition.Blocks(rows) * Math.Max(hidden, shape.HeadSize));
        Projection = arena.Take(projection);
    }

    /// <summary>The residual stream after the last layer, then its gradient all the way back: [rows, hidden].</summary>
    public float* Output { get; }

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
