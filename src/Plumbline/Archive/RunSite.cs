using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>Tells a run's folder from a folder of the user's own, by what its files say of themselves: names like <c>plan.json</c> and
/// <c>audit.json</c> are other programs' too.</summary>
public static partial class RunSite
{
    const string SettingsFile = "settings.json";
    const string JournalFolder = "journal";
    const int OpenedRecordBytes = 1 << 12;

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

    /// <summary>A file that shows the folder to hold a run of ours, however damaged the rest is; null where none does.</summary>
    internal static string? Witness(string folder)
    {
        (string Name, string Format)[] heads = [(RunFolder.PlanFile, RunPlan.CurrentFormat), (AuditFile.Name, AuditDocument.CurrentFormat), (SettingsFile, "plumbline.settings/")];
        return heads.Where(head => Says(Path.Combine(folder, head.Name), head.Format)).Select(head => Path.Combine(folder, head.Name)).FirstOrDefault()
            ?? (OwnJournal(folder) is { } journal ? Files(journal).FirstOrDefault(IsSegment) : null);
    }

    /// <summary>The folder with the run's journal; null where there is none, or a link to somewhere else stands in its place.</summary>
    internal static string? OwnJournal(string folder)
    {
        var journal = new DirectoryInfo(Path.Combine(folder, JournalFolder));
        return journal.Exists && journal.LinkTarget is null ? journal.FullName : null;
    }

    // What an audit that was killed before it had planned leaves behind.
    static bool IsOfBegun(string folder, string name) => name[0] == '.' || Begun().IsMatch(name)
        || (name == JournalFolder && OwnJournal(folder) is { } journal && !Directory.EnumerateFileSystemEntries(journal).Any())
        || (name == SettingsFile && Says(Path.Combine(folder, name), "plumbline.settings/"));

    [GeneratedRegex(@"^(run\.lock|plan\.cases\.tmp|(plan|settings)\.(cases\.tmp|json)\.[0-9]+\.tmp)$", RegexOptions.CultureInvariant)]
    private static partial Regex Begun();

    // Only the format's name counts: a run of another version is one too.
    static bool Says(string path, string format)
    {
        try
        {
            return File.Exists(path) && JsonHead.Read(path, ["format"])["format"] is { ValueKind: JsonValueKind.String } said
                && said.GetString()!.StartsWith(format[..(format.IndexOf('/', StringComparison.Ordinal) + 1)], StringComparison.Ordinal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It says nothing that can be read.
            return false;
        }
    }

    static IEnumerable<string> Files(string journal) => Directory.EnumerateFiles(journal, "*.jsonl").Order(StringComparer.Ordinal);

    static bool IsSegment(string path)
    {
        try
        {
            FileKind.RequireFile(path);
            using var file = File.OpenRead(path);
            var start = new byte[OpenedRecordBytes];
            var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            var line = Encoding.UTF8.GetString(start, 0, read);
            return line.StartsWith("{\"sum\":\"", StringComparison.Ordinal) && line.Contains("\"format\":\"plumbline.run/", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
