using Plumbline.Attacks;
using Plumbline.Providers;
using Plumbline.Suites;
using Plumbline.Transformers.Checkpoints;

namespace Plumbline.Cli.Exits;

/// <summary>What an exception means to the user: an exit code and a sentence.</summary>
internal sealed record Failure(ExitCode Code, string Sentence)
{
    private const int DiskFull = 28;

    /// <summary>Reads <paramref name="exception"/>. Those that our own rooms throw carry their sentence; for others one is made.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        UsageException or UnknownAttackException or SuiteException or CheckpointException or ModelReferenceException => new(ExitCode.BadInput, exception.Message),
        ModelUnreachableException => new(ExitCode.Unreachable, exception.Message),
        IOException { HResult: DiskFull } => new(ExitCode.Failure, $"The disk is full ({exception.Message}). Nothing half-written was left; free some space and run the same command again."),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, $"A file could not be read or written: {exception.Message}"),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => new(ExitCode.Failure, $"This is a fault in Plumbline: {exception.GetType().Name}: {exception.Message} (PLUMBLINE_TRACE=1 shows where.)"),
    };
}
