using Plumbline.Transformers.Training;

namespace Plumbline.Tuning.Recipes;

/// <summary>What <c>tune.json</c> tells of the steps. It is kept with the training state, so that an interrupted fine-tune tells the same in the end.</summary>
/// <param name="FirstLosses">Sum over the first tenth of all steps.</param>
/// <param name="LastLosses">Sum over the last tenth.</param>
/// <param name="Seconds">How long the steps took.</param>
sealed record TuneProgress(double FirstLosses, double LastLosses, double Seconds)
{
    public static TuneProgress None { get; } = new(0, 0, 0);

    public TuneProgress After(TrainingStep step) => new(
        FirstLosses + (step.Step <= Tenth(step.Steps) ? step.Loss : 0),
        LastLosses + (step.Step > step.Steps - Tenth(step.Steps) ? step.Loss : 0),
        Seconds + step.Elapsed.TotalSeconds);

    /// <summary>Mean loss of the first tenth of so many steps, all of which are done.</summary>
    public double FirstLoss(int steps) => FirstLosses / Tenth(steps);

    /// <summary>Mean loss of the last tenth of so many steps, all of which are done.</summary>
    public double LastLoss(int steps) => LastLosses / Tenth(steps);

    static int Tenth(int steps) => Math.Max(1, steps / 10);
}
