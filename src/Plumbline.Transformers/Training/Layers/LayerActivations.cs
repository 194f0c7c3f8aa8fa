namespace Plumbline.Transformers.Training.Layers;

/// <summary>
/// What a layer's way there leaves for its way back. Norms and the MLP's gated product are computed again instead. After attention a layer may
/// go on with some of the rows only: the last one does, with those that carry loss.
/// </summary>
internal readonly unsafe struct LayerActivations
{
    /// <param name="arena">Where from.</param>
    /// <param name="size">The layer's widths.</param>
    /// <param name="rows">Tokens of the batch.</param>
    /// <param name="rowsAfterAttention">Tokens that the layer goes on with.</param>
    public LayerActivations(ActivationArena arena, LayerSize size, int rows, int rowsAfterAttention)
    {
        RowsAfterAttention = rowsAfterAttention;
        Input = arena.Take((long)rows * size.Hidden);
        InputInverse = arena.Take(rows);
        Rows = arena.Take((long)rows * size.Attention.RowWidth);
        Attended = arena.Take((long)rows * size.Attention.QueryWidth);
        ChosenAttended = rowsAfterAttention < rows ? arena.Take((long)rowsAfterAttention * size.Attention.QueryWidth) : Attended;
        LogSums = arena.Take((long)rows * size.Attention.Heads);
        Middle = arena.Take((long)rowsAfterAttention * size.Hidden);
        MiddleInverse = arena.Take(rowsAfterAttention);
        GateUp = arena.Take(2L * rowsAfterAttention * size.Intermediate);
        if (!size.QueryKeyNorm)
            return;
        Raw = arena.Take((long)rows * (size.Attention.QueryWidth + size.Attention.KeyWidth));
        QueryInverse = arena.Take((long)rows * size.Attention.Heads);
        KeyInverse = arena.Take((long)rows * size.Attention.KeyValueHeads);
    }

    /// <summary>Rows of everything after attention.</summary>
    public int RowsAfterAttention { get; }

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

    /// <summary>The rows of <see cref="Attended"/> that the layer goes on with; itself if those are all.</summary>
    public float* ChosenAttended { get; }

    /// <summary>Each softmax's log-sum-exp: [rows, heads].</summary>
    public float* LogSums { get; }

    /// <summary>The residual stream between attention and MLP: [rows after attention, hidden].</summary>
    public float* Middle { get; }

    /// <summary>Of the norm before the MLP: [rows after attention].</summary>
    public float* MiddleInverse { get; }

    /// <summary>Gate and up projection: [rows after attention, gate | up]; overwritten by their gradients on the way back.</summary>
    public float* GateUp { get; }
}
