using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>Tells a run's folder from a folder of the user's own, by what its files say of themselves: names like <c>plan.json</c> and
/// <c>audit.json</c> are other programs' too.</summary>
public static partial class RunSite
{
    const string JournalFolder = "journal";

    // Always empty: somebody else's of that name rarely is.
    const string LockFile = "run.lock";

    static readonly string[] RunFiles = [RunFolder.PlanFile, AuditFile.Name, DerivedRecord.FileName, OwnFile.SettingsName, PreparationJournal.FileName, LockFile];

    /// <summary>What stands in a folder that an audit would write its files among: everything in a folder that holds no run and none that was
    /// just begun; nothing in an empty one. Hidden files are passed over, since an audit writes none.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    /// <returns>Names, in order.</returns>
    public static IReadOnlyList<string> Strangers(string folder)
    {
        // A plan that is not ours is refused where it is read, and nothing is overwritten.
        if (!Directory.Exists(folder) || File.Exists(Path.Combine(folder, RunFolder.PlanFile)))
            return [];

        return [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!).Where(name => !IsOfBegun(folder, name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a path is one of the files that a run is: its plan, settings, result, lock, or anything in its journal. No report, table or sheet
    /// is written there, whatever is asked for. Links are followed.</summary>
    /// <param name="path">The file; it need not exist.</param>
    public static bool IsOfRun(string path)
    {
        var full = Path.GetFullPath(path);
        if (Path.GetDirectoryName(full) is not { } parent)
            return false;

        var folder = Behind(parent);
        if (RunFiles.Contains(Path.GetFileName(full), StringComparer.OrdinalIgnoreCase) && HoldsRun(folder))
            return true;
        for (var at = folder; Path.GetDirectoryName(at) is { } above; at = above)
        {
            if (Path.GetFileName(at).Equals(JournalFolder, StringComparison.OrdinalIgnoreCase) && HoldsRun(above))
                return true;
        }

        return false;
    }

    /// <summary>Whether a folder holds a run, however damaged: it has a plan, a journal, or answers from before the plan, that begin as Plumbline writes them. A result alone is a copy, and
    /// settings alone are too.</summary>
    public static bool HoldsRun(string folder) => Witness(folder) is not null;

    /// <summary>A file that shows the folder to hold a run of ours, however damaged the rest is; null where none does.</summary>
    internal static string? Witness(string folder)
    {
        var plan = Path.Combine(folder, RunFolder.PlanFile);
        return OwnFile.Says(plan, RunPlan.CurrentFormat) ? plan
            : (OwnJournal(folder) is { } journal ? Directory.EnumerateFiles(journal, "*.jsonl").Order(StringComparer.Ordinal).FirstOrDefault(OwnFile.IsSegment) : null)
                ?? (Path.Combine(folder, PreparationJournal.FileName) is var prepared && OwnFile.IsSegment(prepared) ? prepared : null);
    }

    /// <summary>The folder with the run's journal; null where there is none, or a link to somewhere else stands in its place.</summary>
    internal static string? OwnJournal(string folder)
    {
        var journal = new DirectoryInfo(Path.Combine(folder, JournalFolder));
        return journal.Exists && journal.LinkTarget is null ? journal.FullName : null;
    }

    // What an audit that was killed before it had planned leaves behind.
    static bool IsOfBegun(string folder, string name) => name[0] == '.' || Begun().IsMatch(name)
        || (name == LockFile && new FileInfo(Path.Combine(folder, name)) is { Length: 0, LinkTarget: null })
        || (name == JournalFolder && OwnJournal(folder) is { } journal && !Directory.EnumerateFileSystemEntries(journal).Any())
        || (name == PreparationJournal.FileName && OwnFile.IsSegmentOrBegun(Path.Combine(folder, name)))
        || (name == OwnFile.SettingsName && OwnFile.Says(Path.Combine(folder, name), OwnFile.SettingsFormat));

    [GeneratedRegex(@"^(plan\.cases\.tmp|(plan|settings)\.(cases\.tmp|json)\.[0-9]+\.tmp)$", RegexOptions.CultureInvariant)]
    private static partial Regex Begun();

    static string Behind(string folder)
    {
        if (Path.GetDirectoryName(folder) is not { } above)
            return folder;

        var here = new DirectoryInfo(Path.Combine(Behind(above), Path.GetFileName(folder)));
        return here.LinkTarget is not null && here.ResolveLinkTarget(returnFinalTarget: true) is { } target ? target.FullName : here.FullName;
    }
}
