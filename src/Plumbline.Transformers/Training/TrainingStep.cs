namespace Plumbline.Transformers.Training;

/// <summary>What one optimizer step did.</summary>
/// <param name="Step">1 for the first.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Epoch">How often the data have been gone through after it, in parts.</param>
/// <param name="Loss">Mean −ln p over the step's loss tokens, before the step.</param>
/// <param name="LearningRate">The rate that it used.</param>
/// <param name="GradientNorm">Length of the whole gradient before clipping.</param>
/// <param name="Tokens">Tokens that went through the model.</param>
/// <param name="LossTokens">Tokens that were learned.</param>
/// <param name="Elapsed">Time that the step took.</param>
public sealed record TrainingStep(
    int Step, int Steps, double Epoch, double Loss, double LearningRate, double GradientNorm, int Tokens, int LossTokens, TimeSpan Elapsed)
{
    /// <summary>Tokens through the model each second.</summary>
    public double TokensPerSecond => Elapsed > TimeSpan.Zero ? Tokens / Elapsed.TotalSeconds : 0;
}
