using Plumbline.Attacks;
using Plumbline.Audits;
using Plumbline.Cli.Screens;
using Plumbline.Configuration;
using Plumbline.Costs;
using Plumbline.Datasets;
using Plumbline.Files;
using Plumbline.Judges.Labels;
using Plumbline.Providers;
using Plumbline.Reports.Evidence;
using Plumbline.Runs;
using Plumbline.Suites;
using Plumbline.Transformers.Checkpoints;
using Plumbline.Transformers.Generation;
using Plumbline.Transformers.Training;
using Plumbline.Tuning.Training;

namespace Plumbline.Cli.Exits;

/// <summary>What an exception means to the user: an exit code and a sentence.</summary>
internal sealed record Failure(ExitCode Code, string Sentence)
{
    /// <summary>
    /// What .NET reports where there is no room. On Unix it is the errno itself: ENOSPC, and EDQUOT of Linux, and of macOS and BSD; on
    /// Windows an HRESULT: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL, ERROR_DISK_QUOTA_EXCEEDED. No file operation reports another
    /// system's number.
    /// </summary>
    private static readonly int[] NoRoom = [28, 122, 69, unchecked((int)0x80070027), unchecked((int)0x80070070), unchecked((int)0x8007050F)];

    /// <summary>Reads <paramref name="exception"/>. Those that our own rooms throw carry their sentence; for others one is made.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        _ when OpenFiles.AreUsedUp(exception) => new(ExitCode.Failure, "Too many files and connections are open at once for the limit of this shell or machine (ulimit -n). What was answered so far is kept. "
            + "Raise the limit, or ask less at once (--max-concurrency), and run the same command again."),
        OutputException => new(ExitCode.Failure, exception.Message),
        JournalException { InnerException: IOException full } when NoRoom.Contains(full.HResult) => new(ExitCode.Failure, $"{DiskFull(full)} What was finished before is kept in the run's journal. {JournalException.TornEndIsCutOff} Free some space and run the same command again."),
        JournalException => new(ExitCode.Failure, exception.Message),
        { InnerException: IOException full } when NoRoom.Contains(full.HResult) => Of(full),
        InvalidDataException or ConfigurationException => new(ExitCode.BadInput, exception.Message),
        UsageException or EvidenceException or LabelException or AttackException or SuiteException or CheckpointException or ModelReferenceException or DatasetException or GenerationException or TrainingException or PriceException => new(ExitCode.BadInput, exception.Message),
        RunException { InnerException: IOException or UnauthorizedAccessException } => new(ExitCode.Failure, exception.Message),
        BudgetReachedException => new(ExitCode.BudgetReached, exception.Message),
        RunException => new(ExitCode.BadInput, exception.Message),
        SideUnavailableException { InnerException: ModelUnreachableException } => new(ExitCode.Unreachable, exception.Message),
        SideUnavailableException { InnerException: CaseNotAnswerableException } => new(ExitCode.BadInput, exception.Message),
        HelperUnavailableException { InnerException: ModelUnreachableException } => new(ExitCode.Unreachable, exception.Message),
        HelperUnavailableException => new(ExitCode.Failure, exception.Message),
        SideUnavailableException => new(ExitCode.Failure, exception.Message),
        JudgeUnavailableException { InnerException: ModelUnreachableException } => new(ExitCode.Unreachable, exception.Message),
        JudgeUnavailableException => new(ExitCode.Failure, exception.Message),
        FolderInUseException => new(ExitCode.Failure, exception.Message),
        ModelUnreachableException => new(ExitCode.Unreachable, exception.Message),
        IOException when NoRoom.Contains(exception.HResult) => new(ExitCode.Failure, $"{DiskFull(exception)} Nothing half-written was left; free some space and run the same command again."),
        IOException or UnauthorizedAccessException => new(ExitCode.Failure, $"A file could not be read or written: {exception.Message.TrimEnd('.')}. Check the path, and that you may read and write in its folder."),
        AggregateException { InnerException: { } inner } => Of(inner),
        _ => new(ExitCode.Failure, $"This is a fault in Plumbline: {exception.GetType().Name}: {exception.Message} (PLUMBLINE_TRACE=1 shows where.)"),
    };

    private static string DiskFull(Exception exception) => $"The disk is full, or your quota on it is used up ({exception.Message.TrimEnd('.')}).";
}
