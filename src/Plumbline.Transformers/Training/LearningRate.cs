namespace Plumbline.Transformers.Training;

/// <summary>The learning rate of each step of a run.</summary>
internal static class LearningRate
{
    /// <summary>The rate of step <paramref name="step"/> (0 for the first) of <paramref name="steps"/>.</summary>
    public static double At(TrainingOptions options, int step, int steps)
    {
        var warmUp = WarmUpSteps(options, steps);
        if (step < warmUp)
            return options.LearningRate * (step + 1) / warmUp;
        var progress = (double)(step - warmUp) / Math.Max(1, steps - warmUp);
        var left = options.Schedule switch
        {
            LearningRateSchedule.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
            LearningRateSchedule.Linear => 1 - progress,
            _ => 1.0,
        };
        return options.LearningRate * (options.FinalLearningRateRatio + ((1 - options.FinalLearningRateRatio) * left));
    }

    private static int WarmUpSteps(TrainingOptions options, int steps) =>
        Math.Min(steps, options.WarmUpSteps ?? (int)Math.Ceiling(options.WarmUpRatio * steps));
}
