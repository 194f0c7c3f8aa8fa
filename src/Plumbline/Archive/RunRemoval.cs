using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>Takes a run away: the files that Plumbline wrote, and nothing else that lies beside them.</summary>
public static partial class RunRemoval
{
    /// <summary>Deletes the run in <paramref name="folder"/>, however damaged it is, and the folder where nothing else is in it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="shreds">Whether each file is overwritten with random bytes first. A disk that writes elsewhere (flash, snapshots, copies on
    /// write) may keep the old ones all the same.</param>
    /// <returns>What was left in the folder, because Plumbline did not write it.</returns>
    /// <exception cref="RunException">There is no run, or none that can be told from a folder of the user's own, or a process is working on it.</exception>
    public static IReadOnlyList<string> Delete(string folder, bool shreds)
    {
        if (!Directory.Exists(folder) || !RunArchive.IsRun(folder))
            throw new RunException($"The folder '{folder}' holds no run, so nothing was deleted.");
        if (RunSite.Witness(folder) is not { } witness)
            throw new RunException($"Whether the folder '{folder}' holds a run of Plumbline cannot be told any more: none of plan.json, audit.json, settings.json and journal/ begins as Plumbline writes it. "
                + "Nothing was deleted. Look into it, and delete it yourself where nobody needs it.");

        // Held, so that no audit writes into it meanwhile.
        using (RunFolder.Open(folder))
        {
            var journal = RunSite.OwnJournal(folder);
            // What shows it to be a run goes last: until then deleting can be tried again.
            var files = (journal is null ? [] : Directory.GetFiles(journal, "*.jsonl"))
                .Concat(Directory.GetFiles(folder).Where(file => Own().IsMatch(Path.GetFileName(file))))
                .Where(IsFileOrLink)
                .OrderBy(file => Path.GetFullPath(file) == Path.GetFullPath(witness))
                .ToList();
            foreach (var file in files)
                Remove(file, shreds);
            if (journal is not null && !Directory.EnumerateFileSystemEntries(journal).Any())
                Directory.Delete(journal);
        }

        File.Delete(Path.Combine(folder, "run.lock"));
        var left = Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal).ToList();
        if (left.Count == 0)
            Directory.Delete(folder);
        return left;
    }

    // By whole names: a sheet of labels that people filled in, or a report of somebody's own, is not ours to take.
    [GeneratedRegex(@"^((plan|settings|audit)\.json|(report|compare)\.(html|md|json|junit\.xml|sarif))(\.[0-9]+\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    // A pipe, a socket or a device was not written by an audit, and to open one may wait for ever.
    static bool IsFileOrLink(string file) => IsLink(file) || FileKind.Special(file) is null;

    static bool IsLink(string file) => new FileInfo(file).LinkTarget is not null;

    static void Remove(string file, bool shreds)
    {
        // A link is taken away; what it points to is not the run's.
        if (shreds && !IsLink(file))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.None);
            var noise = new byte[1 << 16];
            for (var left = stream.Length; left > 0; left -= noise.Length)
            {
                RandomNumberGenerator.Fill(noise);
                stream.Write(noise, 0, (int)Math.Min(noise.Length, left));
            }

            stream.Flush(flushToDisk: true);
        }

        File.Delete(file);
    }
}
