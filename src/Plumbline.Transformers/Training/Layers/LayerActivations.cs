namespace Plumbline.Transformers.Training.Layers;

/// <summary>What a layer's way there leaves for its way back. Norms and the MLP's gated product are computed again instead.</summary>
internal readonly unsafe struct LayerActivations
{
    public LayerActivations(ActivationArena arena, int rows, int hidden, int intermediate, AttentionShape shape, bool queryKeyNorm)
    {
        Input = arena.Take((long)rows * hidden);
        InputInverse = arena.Take(rows);
        Rows = arena.Take((long)rows * shape.RowWidth);
        Attended = arena.Take((long)rows * shape.QueryWidth);
        LogSums = arena.Take((long)rows * shape.Heads);
        Middle = arena.Take((long)rows * hidden);
        MiddleInverse = arena.Take(rows);
        GateUp = arena.Take(2L * rows * intermediate);
        if (!queryKeyNorm)
            return;
        Raw = arena.Take((long)rows * (shape.QueryWidth + shape.KeyWidth));
        QueryInverse = arena.Take((long)rows * shape.Heads);
        KeyInverse = arena.Take((long)rows * shape.KeyValueHeads);
    }

    /// <summary>The residual stream before the layer: [rows, hidden].</summary>
    public float* Input { get; }

    /// <summary>Of the norm before attention: [rows].</summary>
    public float* InputInverse { get; }

    /// <summary>Query, key (both rotated) and value: [rows, q | k | v].</summary>
    public float* Rows { get; }

    /// <summary>Query and key before their norms, where there are any: [rows, q | k].</summary>
    public float* Raw { get; }

    /// <summary>Of the query norm: [rows, heads].</summary>
    public float* QueryInverse { get; }

    /// <summary>Of the key norm: [rows, kv heads].</summary>
    public float* KeyInverse { get; }

    /// <summary>Attention's result before its output projection: [rows, heads × head].</summary>
    public float* Attended { get; }

    /// <summary>Each softmax's log-sum-exp: [rows, heads].</summary>
    public float* LogSums { get; }

    /// <summary>The residual stream between attention and MLP: [rows, hidden].</summary>
    public float* Middle { get; }

    /// <summary>Of the norm before the MLP: [rows].</summary>
    public float* MiddleInverse { get; }

    /// <summary>Gate and up projection: [rows, gate | up]; overwritten by their gradients on the way back.</summary>
    public float* GateUp { get; }
}
