using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>Takes a run away: the files that Plumbline wrote, and nothing else that lies beside them.</summary>
public static partial class RunRemoval
{
    /// <summary>Refuses what is no run, before anybody is asked whether to delete it.</summary>
    /// <exception cref="RunException">There is no run, or none that can be told from a folder of the user's own.</exception>
    public static void Require(string folder)
    {
        if (RunSite.HoldsRun(folder))
            return;

        throw new RunException(Directory.Exists(folder) && (RunArchive.IsRun(folder) || File.Exists(Path.Combine(folder, OwnFile.SettingsName)))
            ? $"Whether the folder '{folder}' holds a run of Plumbline cannot be told: neither plan.json nor prepared.jsonl nor a file in journal/ begins as Plumbline writes it, and a result or settings alone may be a copy beside "
                + "files of your own. Nothing was deleted. Look into it, and delete it yourself where nobody needs it."
            : $"The folder '{folder}' holds no run, so nothing was deleted.");
    }

    /// <summary>The link that a path names, however it is written (<c>runs/latest/</c> too); null where it names no link.</summary>
    public static string? LinkOf(string folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new DirectoryInfo(path).LinkTarget is not null ? path : null;
    }

    /// <summary>Deletes the run in <paramref name="folder"/>, however damaged it is, and the folder where nothing else is in it. Where that is a link, it alone
    /// is taken away, and the run behind it stays.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="shreds">Whether each file is overwritten with random bytes first. A disk that writes elsewhere (flash, snapshots, copies on
    /// write) may keep the old ones all the same.</param>
    /// <returns>What was left in the folder, because it does not show that Plumbline wrote it.</returns>
    /// <exception cref="RunException">There is no run, or none that can be told from a folder of the user's own, or a process is working on it.</exception>
    public static IReadOnlyList<string> Delete(string folder, bool shreds)
    {
        Require(folder);
        if (LinkOf(folder) is { } link)
        {
            Directory.Delete(link);
            return [];
        }

        var witness = RunSite.Witness(folder)!;
        var journal = RunSite.OwnJournal(folder);
        // Held, so that no audit writes into it meanwhile.
        using (RunFolder.Open(folder))
        {
            // What shows it to be a run goes last: until then deleting can be tried again.
            var files = (journal is null ? [] : Directory.GetFiles(journal).Where(file => Segment().IsMatch(Path.GetFileName(file)) && (IsLink(file) || OwnFile.IsSegmentOrBegun(file))))
                .Concat(Directory.GetFiles(folder).Where(file => Own().IsMatch(Path.GetFileName(file)) && (IsLink(file) || OwnFile.IsOurs(file))))
                .OrderBy(file => Path.GetFullPath(file) == Path.GetFullPath(witness))
                .ToList();
            foreach (var file in files)
                Remove(file, shreds);
            if (journal is not null && !Directory.EnumerateFileSystemEntries(journal).Any())
                Directory.Delete(journal);
        }

        var held = new FileInfo(Path.Combine(folder, "run.lock"));
        if (held.LinkTarget is not null || held.Length == 0)
            held.Delete();
        var left = Names(folder).SelectMany(name => journal is not null && name == Path.GetFileName(journal) && Directory.Exists(journal) ? Names(journal).Select(file => $"{name}/{file}") : [name]).ToList();
        if (left.Count == 0)
            Directory.Delete(folder);
        return left;
    }

    // By whole names first: a sheet of labels that people filled in is not ours to take. Then by what is in them.
    [GeneratedRegex(@"^((plan|settings|audit|derived)\.json|(report|compare)\.(html|md|json|junit\.xml|sarif)|plan\.cases\.tmp|prepared\.jsonl)(\.[0-9]+\.tmp)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Own();

    [GeneratedRegex(@"^[0-9]{6,}\.jsonl$", RegexOptions.CultureInvariant)]
    private static partial Regex Segment();

    static IEnumerable<string> Names(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

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
