using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plumbline.Files;
using Plumbline.Suites;

namespace Plumbline.Audits.Deriving;

/// <summary>
/// The content of <c>derived.json</c>: what the run's <c>audit.json</c>, and the report beside it, were derived from and held when they were written. While all of
/// that is as it was, neither needs to be derived again; a result that is not as it was written is not believed.
/// </summary>
/// <param name="Format">Always <see cref="CurrentFormat"/> in a file that this version wrote.</param>
/// <param name="From">What the document was derived from: <see cref="Derivation"/>. Null where that cannot be told: such a document is derived anew each time.</param>
/// <param name="Judge">By whom it is.</param>
/// <param name="Audit">What <c>audit.json</c> held.</param>
/// <param name="BeforeCases">What of it stands before its cases, with the bracket that opens their list.</param>
/// <param name="AfterCases">How many bytes stand behind them, with the bracket that closes it.</param>
sealed record DerivedRecord(string Format, string? From, JudgeName Judge, FileSum Audit, FileSum BeforeCases, int AfterCases)
{
    /// <summary>The format's name and version.</summary>
    public const string CurrentFormat = "plumbline.derived/2";

    /// <summary>The file's name in a run's folder.</summary>
    public const string FileName = "derived.json";

    // Longer than any record is.
    const int HeadBytes = 1 << 12;

    /// <summary>The report; null where none was written since.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DerivedReport? Report { get; init; }

    /// <summary>The hash of all that is above.</summary>
    [JsonPropertyOrder(1)]
    public string? Sum { get; init; }

    /// <summary>The record in a folder; null where there is none that is whole, and of this version.</summary>
    public static DerivedRecord? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path))
                return null;
            using var file = FileSum.Open(path);
            var record = JsonSerializer.Deserialize(file, DerivedJsonContext.Default.DerivedRecord);
            return record is { Format: CurrentFormat, Sum: { } sum } && sum == record.Summed() ? record : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // Nothing is lost with it: what it is about is derived again.
            return null;
        }
    }

    /// <summary>Writes a document into a run's folder, and the record of it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="from">What the document was derived from; null where that cannot be told.</param>
    /// <param name="document">The document.</param>
    /// <returns>What its file holds, and whether it held that before.</returns>
    /// <exception cref="IOException">The disk is full or gone, or the record of the document before cannot be taken away, so the document is not written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, where it may not be.</exception>
    public static (FileSum Audit, bool WasThere) Write(string folder, string? from, AuditDocument document) => Write(folder, from, document, File.Delete);

    /// <summary>The same, with how a file is taken away.</summary>
    internal static (FileSum Audit, bool WasThere) Write(string folder, string? from, AuditDocument document, Action<string> delete)
    {
        var before = Read(folder);
        // First: at no time, not even after a kill, does a record lie beside a document that it is not of.
        Forget(folder, delete);
        var (sum, beforeCases, afterCases, wasThere) = AuditFile.WriteSummed(Path.Combine(folder, AuditFile.Name), document);
        new DerivedRecord(CurrentFormat, from, JudgeName.Of(document.Judge), sum, beforeCases, afterCases) { Report = before?.Audit == sum ? before.Report : null }.Write(folder);
        return (sum, wasThere);
    }

    /// <summary>Writes it, whole or not at all: nothing of somebody else's is written over, and where it cannot be written nothing is lost but the time to derive again.</summary>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (!File.Exists(path) || IsOurs(path))
                WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, this with { Sum = Summed() }, DerivedJsonContext.Default.DerivedRecord));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // What it is about stands, and is told.
        }
    }

    static void Forget(string folder, Action<string> delete)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            if (File.Exists(path) && IsOurs(path))
                delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException && Read(folder) is null)
        {
            // What is no record that can be read refuses no document. One that can would refuse the new one for good, so there is none then.
        }
    }

    // Of any version, also where it is torn: the format stands first. What a power cut leaves holds nothing, or zeros alone.
    static bool IsOurs(string path)
    {
        using var file = FileSum.Open(path);
        var head = new byte[HeadBytes];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.AsSpan().IndexOf("\"plumbline.derived/"u8) >= 0 || (file.Length <= HeadBytes && !head.AsSpan().ContainsAnyExcept((byte)0));
    }

    string Summed() => ContentHash.Of(
    [
        Format, From ?? "not told", Judge.Id, Number(Judge.Members.Count), .. Judge.Members, .. PartsOf(Audit), .. PartsOf(BeforeCases), Number(AfterCases),
        .. Report is { } report ? [report.Name, report.Maker, .. PartsOf(report.File)] : Array.Empty<string>(),
    ]);

    static string[] PartsOf(FileSum file) => [Number(file.Length), file.Sha256];

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
