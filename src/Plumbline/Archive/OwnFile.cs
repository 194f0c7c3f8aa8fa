using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Archive;

/// <summary>
/// Whether a file shows, by what is in it, that Plumbline wrote it. A name alone says nothing: <c>settings.json</c>, <c>report.html</c> and
/// <c>audit.json</c> are other programs' and people's too.
/// </summary>
static partial class OwnFile
{
    public const string SettingsName = "settings.json";
    public const string SettingsFormat = "plumbline.settings/";
    const string ReportFormat = "plumbline.report/";
    const int HeadBytes = 1 << 18;
    const int Piece = 1 << 16;

    /// <summary>Whether a file of a run's folder, of one of the names that a run gives, is the run's own, whole or begun. What holds nothing, or zeros alone as
    /// a power cut leaves them, is nobody's work.</summary>
    public static bool IsOurs(string path) => Try(path, () => IsBlank(path) || Temporary().Replace(Path.GetFileName(path), "") switch
    {
        RunFolder.PlanFile => Says(path, RunPlan.CurrentFormat),
        AuditFile.Name => Says(path, AuditDocument.CurrentFormat),
        DerivedRecord.FileName => Says(path, DerivedRecord.CurrentFormat),
        SettingsName => Says(path, SettingsFormat),
        PreparationJournal.FileName => IsSegmentOrBegun(path),
        "plan.cases.tmp" => Head(path).StartsWith("{\"cases\": [", StringComparison.Ordinal),
        "report.json" or "compare.json" => Says(path, ReportFormat),
        "report.html" or "compare.html" => IsPage(Head(path)),
        "report.md" or "compare.md" => Head(path).StartsWith("<!-- plumbline:audit -->", StringComparison.Ordinal),
        "report.junit.xml" or "compare.junit.xml" => Head(path).Contains("<testsuites name=\"Plumbline: ", StringComparison.Ordinal),
        "report.sarif" or "compare.sarif" => Head(path).Contains("\"name\": \"Plumbline\"", StringComparison.Ordinal),
        _ => false,
    });

    /// <summary>Whether a file is a segment of a journal, by its first record or, where that is damaged, by any whose sum fits.</summary>
    public static bool IsSegment(string path) => Try(path, () => Opens(path) || File.ReadLines(path).Any(line => JournalLine.IsWhole(Encoding.UTF8.GetBytes(line))));

    /// <summary>The same, or nothing but what a kill in its first write leaves.</summary>
    public static bool IsSegmentOrBegun(string path) => Try(path, () => IsBlank(path) || (Head(path) is var head && IsLineStart(head) && !head.Contains('\n', StringComparison.Ordinal))) || IsSegment(path);

    /// <summary>Whether a JSON object in a file says that it is of a format, of any version.</summary>
    public static bool Says(string path, string format) => Try(path, () =>
        File.Exists(path) && JsonHead.Read(path, ["format"])["format"] is { ValueKind: JsonValueKind.String } said
            && said.GetString()!.StartsWith(format[..(format.IndexOf('/', StringComparison.Ordinal) + 1)], StringComparison.Ordinal));

    [GeneratedRegex(@"\.[0-9]+\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex Temporary();

    // The second is of pages that were written before they had the first.
    static bool IsPage(string head) => head.Contains("<meta name=\"generator\" content=\"Plumbline\">", StringComparison.Ordinal)
        || (head.Contains("<span class=\"brand\">", StringComparison.Ordinal) && head.Contains("Plumbline</span>", StringComparison.Ordinal));

    static bool Opens(string path)
    {
        var head = Head(path);
        var line = head[..(head.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : head.Length)];
        return IsLineStart(line) && line.Contains("\"format\":\"plumbline.run/", StringComparison.Ordinal);
    }

    static bool IsLineStart(string text) => Encoding.UTF8.GetBytes(text).AsSpan() is var start && (start.StartsWith(JournalLine.Start) || start.StartsWith(JournalLine.EarlierStart));

    static string Head(string path)
    {
        using var file = FileSum.Open(path);
        var start = new byte[Math.Min(HeadBytes, file.Length)];
        return Encoding.UTF8.GetString(start, 0, file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
    }

    static bool IsBlank(string path)
    {
        using var file = FileSum.Open(path);
        var piece = new byte[Piece];
        for (var read = file.Read(piece); read > 0; read = file.Read(piece))
        {
            if (piece.AsSpan(0, read).ContainsAnyExcept((byte)0))
                return false;
        }

        return true;
    }

    static bool Try(string path, Func<bool> looks)
    {
        try
        {
            FileKind.RequireFile(path);
            return looks();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // It shows nothing that can be read.
            return false;
        }
    }
}
