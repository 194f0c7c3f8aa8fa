namespace Plumbline.Transformers.Training.Layers;

/// <summary>The weights of one decoder layer, each trained, adapted or frozen.</summary>
internal sealed record LayerParts(
    NormWeight AttentionNorm,
    Projection QueryKeyValue,
    NormWeight? QueryNorm,
    NormWeight? KeyNorm,
    Projection Output,
    NormWeight MlpNorm,
    Projection GateUp,
    Projection Down) : IDisposable
{
    /// <summary>The projections, first to last.</summary>
    public IEnumerable<Projection> Projections => [QueryKeyValue, Output, GateUp, Down];

    /// <summary>The first stage that is adapted, where the way back may end if nothing below is trained.</summary>
    public LayerStage FirstAdapted =>
        QueryKeyValue.IsAdapted ? LayerStage.QueryKeyValue
        : Output.IsAdapted ? LayerStage.AttentionOutput
        : GateUp.IsAdapted ? LayerStage.GateUp
        : Down.IsAdapted ? LayerStage.Down
        : LayerStage.None;

    public void Dispose()
    {
        AttentionNorm.Dispose();
        QueryNorm?.Dispose();
        KeyNorm?.Dispose();
        MlpNorm.Dispose();
        foreach (var projection in Projections)
            projection.Dispose();
    }
}
