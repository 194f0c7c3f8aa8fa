namespace Plumbline.Transformers.Training.Layers;

/// <summary>The parts of a layer in the order of the way there; the way back can end at any of them.</summary>
internal enum LayerStage
{
    /// <summary>The layer's input: the way back goes on below it.</summary>
    Input,

    /// <summary>The query, key and value projections.</summary>
    QueryKeyValue,

    /// <summary>Attention's output projection.</summary>
    AttentionOutput,

    /// <summary>The gate and up projections.</summary>
    GateUp,

    /// <summary>The down projection.</summary>
    Down,

    /// <summary>Past the layer: nothing in it is trained.</summary>
    None,
}
