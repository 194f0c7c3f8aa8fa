using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>What <c>tune.json</c> says: how a fine-tune was made, so that it can be made again and audited.</summary>
/// <param name="Version">Of this document.</param>
/// <param name="BaseModel">The model's name.</param>
/// <param name="BaseIdentity">Its identity as a base.</param>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Options">Every hyper-parameter and seed.</param>
/// <param name="TrainableParameters">Values that were trained.</param>
/// <param name="Dataset">What was trained on.</param>
/// <param name="RowsLeftOut">Training examples (mostly one a row) of which cutting left nothing to learn.</param>
/// <param name="Steps">Optimizer steps done.</param>
/// <param name="FirstLoss">Mean loss of the first tenth of the steps.</param>
/// <param name="LastLoss">Mean loss of the last tenth of the steps.</param>
/// <param name="Seconds">How long training took.</param>
/// <param name="FinishedAt">When.</param>
public sealed record TuneDocument(
    int Version,
    string BaseModel,
    string BaseIdentity,
    string Recipe,
    TrainingOptions Options,
    long TrainableParameters,
    DatasetFacts Dataset,
    int RowsLeftOut,
    int Steps,
    double FirstLoss,
    double LastLoss,
    double Seconds,
    DateTimeOffset FinishedAt)
{
    /// <summary>The file's name in the output folder.</summary>
    public const string FileName = "tune.json";
}
