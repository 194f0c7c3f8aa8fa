namespace Plumbline.Transformers.Training;

/// <summary>What a run must have in common with the one that goes on from its checkpoint.</summary>
/// <param name="Options">How it trains; threads may differ.</param>
/// <param name="DataHash">Hash of the data.</param>
/// <param name="BaseHash">Hash of the weights that training began with.</param>
internal sealed record TrainingOrigin(TrainingOptions Options, string DataHash, string BaseHash);
