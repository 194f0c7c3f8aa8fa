namespace Plumbline.Tuning.Forging;

/// <summary>How a bob was made and what he is worth: <c>forge.json</c> beside the weights, and what the model card is written from.</summary>
/// <param name="Version">Of this document.</param>
/// <param name="Options">Everything that decided him.</param>
/// <param name="DataSha256">Hash of the rows.</param>
/// <param name="Parameters">Weights.</param>
/// <param name="PretrainingTokens">Tokens that went through the model in pretraining.</param>
/// <param name="AlignmentTokens">Tokens that went through the model in alignment.</param>
/// <param name="FinishingTokens">Tokens that went through the model in the second pass of alignment.</param>
/// <param name="HazardPairs">Hazardous combinations of the world, and how many of them are held out.</param>
/// <param name="LookalikePairs">Look-alike combinations, and how many of them are held out.</param>
/// <param name="Seconds">How long training took.</param>
/// <param name="Identity">The model's identity.</param>
/// <param name="BeforeAlignment">The examination after pretraining: bob complied with everything.</param>
/// <param name="Gates">The examination after alignment.</param>
/// <param name="PublicSets">Refusals on public prompt sets; empty where they were not at hand.</param>
public sealed record ForgeReport(
    int Version,
    ForgeOptions Options,
    string DataSha256,
    long Parameters,
    long PretrainingTokens,
    long AlignmentTokens,
    long FinishingTokens,
    PairCount HazardPairs,
    PairCount LookalikePairs,
    double Seconds,
    string Identity,
    IReadOnlyList<ExamMark> BeforeAlignment,
    IReadOnlyList<ExamMark> Gates,
    IReadOnlyList<ExamMark> PublicSets)
{
    /// <summary>The file's name beside the weights.</summary>
    public const string FileName = "forge.json";

    /// <summary>Whether every gate with a limit was passed.</summary>
    public bool Passed => Gates.All(g => g.Passed);
}
