using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.Transformers.Training;

/// <summary>What training tells a listener in the same process; nothing leaves it otherwise.</summary>
internal static class TrainingTelemetry
{
    /// <summary>Name of the meter and the activity source: the engine's.</summary>
    public const string Name = "Plumbline.Transformers";

    private static readonly ActivitySource Activities = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("plumbline.training.tokens", "{token}", "Tokens that went through the model.");
    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>("plumbline.training.step.duration", "s", "Time of an optimizer step.");
    private static readonly Histogram<double> Loss = Meter.CreateHistogram<double>("plumbline.training.loss", "{nat}", "Mean loss of a step.");

    /// <summary>An activity around one optimizer step; null where no one listens.</summary>
    public static Activity? StartStep(int step) => Activities.StartActivity("training step")?.SetTag("plumbline.training.step", step);

    public static void Record(TrainingStep step, Activity? activity)
    {
        Tokens.Add(step.Tokens);
        StepDuration.Record(step.Elapsed.TotalSeconds);
        Loss.Record(step.Loss);
        activity?.SetTag("plumbline.training.loss", step.Loss).SetTag("plumbline.training.tokens", step.Tokens);
    }
}
