using Plumbline.Archive;
using Plumbline.Cli.Exits;

namespace Plumbline.Cli.Choices;

/// <summary>The folder that a result goes into.</summary>
internal static class TargetFolder
{
    private const int MostNamed = 3;

    /// <summary>Refuses, before anything is asked or written, a folder that holds something else than a run: an audit would write its files among
    /// the user's own, and over those that have the same names.</summary>
    /// <exception cref="UsageException">It is a file, or holds files and no run.</exception>
    public static void RequireRunsOwn(string folder, string option)
    {
        if (File.Exists(folder)) throw new UsageException($"'{folder}' is a file, and a run is a folder. Give a new or an empty one with {option}.");

        var strangers = RunSite.Strangers(folder);
        if (strangers.Count > 0)
            throw new UsageException($"The folder '{folder}' holds no run, and is not empty ({string.Join(", ", strangers.Take(MostNamed))}{(strangers.Count > MostNamed ? $" and {strangers.Count - MostNamed} more" : "")}): "
                + $"an audit would write its files among yours, and overwrite those with the same names. Nothing was asked or written. Give a new or an empty folder with {option}.");
    }

    /// <summary>Finds out whether files can be written in it, made if it is not there, by doing that; nothing of it stays.</summary>
    /// <exception cref="UsageException">It cannot be made, or nothing can be written in it.</exception>
    public static void RequireWritable(string folder, string option)
    {
        // From the inside out: those that are made for the trial alone.
        var missing = new List<string>();
        for (var at = Path.GetFullPath(folder); at is not null && !Directory.Exists(at); at = Path.GetDirectoryName(at)) missing.Add(at);
        try
        {
            Make(folder, option);
            using var trial = new FileStream(Path.Combine(folder, $".plumb-check.{Environment.ProcessId}.tmp"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            trial.WriteByte(0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Nothing can be written in the folder '{folder}': {exception.Message} Give another one with {option}.");
        }
        finally
        {
            missing.ForEach(RemoveEmpty);
        }
    }

    /// <summary>Makes it before any work is spent on the result.</summary>
    /// <exception cref="UsageException">It cannot be made.</exception>
    public static string Make(string folder, string option)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{folder}' cannot be made: {exception.Message} Give another one with {option}.");
        }

        return folder;
    }

    private static void RemoveEmpty(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody has put something there meanwhile.
        }
    }
}
