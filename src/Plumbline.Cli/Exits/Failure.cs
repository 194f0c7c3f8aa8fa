using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Datasets;
using Plumbline.Providers;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Training;

namespace Plumbline.Cli.Exits;

/// <summary>What an exception means to the user: an exit code and a sentence.</summary>
internal sealed record Failure(ExitCode Code, string Sentence)
{
    private const int DiskFull = 28;

    /// <summary>Reads <paramref name="exception"/>. Those that our own rooms throw carry their sentence; for others one is made.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        { InnerException: IOException { HResult: DiskFull } full } => Of(full),
        UsageException or UnknownAttackException or SuiteException or CheckpointException or ModelReferenceException or DatasetException or GenerationException or TrainingException => new(ExitCode.BadInput, exception.Message),
        RunException { InnerException: IOException or UnauthorizedAccessException } => new(ExitCode.Failure, exception.Message),
        RunException => new(ExitCode.BadInput, exception.Message),
        SideUnavailableException { InnerException: ModelUnreachableException } => new(ExitCode.Unreachable, exception.Message),
        SideUnavailableException => new(ExitCode.Failure, exception.Message),
        ModelUnreachableException => new(ExitCode.Unreachable, exception.Message),
        IOException { HResult: DiskFull } => new(ExitCode.Failure, $"The disk is full ({exception.Message}). Nothing half-written was left; free some space and run the same command again."),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, $"A file could not be read or written: {exception.Message}"),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => new(ExitCode.Failure, $"This is a fault in Plumbline: {exception.GetType().Name}: {exception.Message} (PLUMBLINE_TRACE=1 shows where.)"),
    };
}
