using System.CommandLine;
using Plumbline.Archive;
using Plumbline.Cli.Exits;
using Plumbline.Files;

namespace Plumbline.Cli.Choices;

/// <summary>
/// <c>--force</c>, of verbs whose files can be made again at any time: what <c>-o</c> names and what is there already is overwritten only where that is
/// asked for. What may hold somebody's work or word (a sheet of labels, a suite, a bundle, a folder) is never overwritten.
/// </summary>
internal static class Overwriting
{
    public static Option<bool> Option() => new("--force") { Description = "Overwrite what -o names where it is there already." };

    /// <summary>Refuses, before any work is spent on it, a file that is there already.</summary>
    /// <param name="path">The file to be written.</param>
    /// <param name="isAsked">Whether overwriting it is asked for.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="UsageException">It is there and overwriting is not asked for, or it is no file.</exception>
    public static void Require(string path, bool isAsked, string option = "-o")
    {
        RequireOutsideRuns(path, option);
        if (Directory.Exists(path)) throw new UsageException($"'{path}' is a folder, and a file is to be written. Name the file with {option}.");
        if (FileKind.Special(path) is { } kind) throw new UsageException($"'{path}' is {kind}, and a file is written whole or not at all. Name a file with {option}.");
        if (!isAsked && Path.Exists(path)) throw new UsageException($"'{path}' exists already, and is not overwritten unasked. Give another path with {option}, or --force to overwrite it.");
    }

    /// <summary>Refuses a file that a run is: what was asked and answered is written once, and cannot be made again.</summary>
    /// <exception cref="UsageException">It is one.</exception>
    public static void RequireOutsideRuns(string path, string option)
    {
        if (RunSite.IsOfRun(path))
            throw new UsageException($"'{path}' is of a run itself (its plan, settings, result, lock or journal), and nothing is written over that or beside it, with --force neither. Give another path with {option}.");
    }
}
