using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Runs;

namespace Plumbline.Cli.Choices;

/// <summary>A finished run by what a user names it with: its folder, or an <c>audit.json</c> that was copied out of it.</summary>
internal static class RunChoice
{
    /// <summary>What a verb's help says of the argument.</summary>
    public const string Forms = "A run's folder, or an audit.json";

    /// <summary>Whether a run's folder is named that holds a plan and no result yet.</summary>
    public static bool IsUnfinished(string run) => File.Exists(Path.Combine(run, RunFolder.PlanFile)) && !File.Exists(Path.Combine(run, AuditFile.Name));

    /// <summary>Which result a run has, as far as its file's time and length tell; null for none yet.</summary>
    public static (DateTime At, long Length)? ResultOf(string run) => new FileInfo(File.Exists(run) ? run : Path.Combine(run, AuditFile.Name)) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : null;

    /// <summary>The document's path.</summary>
    /// <exception cref="UsageException">There is no such run, or it has not come to its end.</exception>
    public static string DocumentOf(string run)
    {
        if (File.Exists(run)) return run;
        if (!Directory.Exists(run)) throw new UsageException($"There is no run '{run}'. Give the folder that 'plumb audit -o' wrote, or an audit.json.");

        var document = Path.Combine(run, AuditFile.Name);
        if (File.Exists(document)) return document;

        if (RunArchive.IsPrepared(run) && RunFolder.IsHeld(run))
            throw new UsageException($"The run in '{run}' is only prepared so far: a process is working on it, its attacks are prepared by a helper model, and no case is planned yet, so there is nothing to show.");
        if (RunArchive.IsPrepared(run))
            throw new UsageException($"The run in '{run}' is only prepared: it was stopped while a helper model prepared its attacks, and no case is planned yet, so there is nothing to show. Go on with 'plumb resume "
                + $"{ShellWord.Of(run)}', or with the command that began it.");

        throw IsUnfinished(run)
            ? new UsageException($"The run in '{run}' has not come to its end, so it has no {AuditFile.Name} yet. {(RunFolder.IsHeld(run) ? "A process is working on it: wait for it." : "Run the command that began it again: it goes on where it stopped.")} 'plumb report' shows what there is so far.")
            : new UsageException($"The folder '{run}' holds no run: there is no {AuditFile.Name} in it. Give the folder that 'plumb audit -o' wrote.");
    }
}
