using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Plumbline.Audits.Deriving;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Reads and writes <c>audit.json</c>.</summary>
public static class AuditFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "audit.json";

    const string CasesProperty = "cases";

    // Each takes another process as long as it takes to write a whole result.
    const int MostReplacements = 8;

    /// <summary>Writes the document, whole or not at all.</summary>
    public static void Write(string path, AuditDocument document) =>
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, document, AuditJsonContext.Default.AuditDocument));

    /// <summary>The same, and tells what the file holds, and what of it stands before its cases and how much behind them, and whether it held that before.</summary>
    internal static (FileSum Sum, FileSum BeforeCases, int AfterCases, bool WasThere) WriteSummed(string path, AuditDocument document)
    {
        var around = new JsonListTokens(CasesProperty, atId: null);
        var empty = JsonSerializer.SerializeToUtf8Bytes(document with { Cases = [] }, AuditJsonContext.Default.AuditDocument);
        around.Take(empty, 0, isFinal: true);
        var (sum, wasThere) = WholeFile.WriteSummed(path, stream => JsonSerializer.Serialize(stream, document, AuditJsonContext.Default.AuditDocument));
        return (sum, FileSum.Of(empty.AsSpan(0, (int)around.ListStart)), (int)(empty.Length - around.ListEnd), wasThere);
    }

    /// <summary>Reads a document without its cases, where the file holds what it held; null where it does not, or cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sum">What it held.</param>
    /// <param name="before">How many bytes stood before its cases.</param>
    /// <param name="after">How many stood behind them.</param>
    internal static AuditDocument? ReadAround(string path, FileSum sum, long before, int after)
    {
        try
        {
            using var file = FileSum.Open(path);
            if (file.Length != sum.Length || before < 1 || after < 1 || before + after > file.Length || FileSum.Of(file) != sum)
                return null;

            var head = new byte[before + after];
            file.Seek(0, SeekOrigin.Begin);
            file.ReadExactly(head, 0, (int)before);
            file.Seek(-after, SeekOrigin.End);
            file.ReadExactly(head, (int)before, after);
            return head[before - 1] == '[' && head[before] == ']' && JsonSerializer.Deserialize(head, AuditJsonContext.Default.AuditDocument) is { Format: AuditDocument.CurrentFormat } document ? document : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // It is derived again.
            return null;
        }
    }

    /// <summary>Reads a document. Its cases stay in the file, which must not change while they are in use; each is read when it is asked
    /// for. Where a run's record of it lies beside it (<see cref="DerivedRecord"/>), it must be as it was written.</summary>
    /// <exception cref="RunException">There is no such file, it is no audit that this version reads, or it was changed since it was written.</exception>
    public static AuditDocument Read(string path) => Read(path, () => RecordOf(path));

    /// <summary>The same, with the record as it is found each time that it is looked for.</summary>
    internal static AuditDocument Read(string path, Func<DerivedRecord?> recordOf) => AsWritten(path, recordOf, record => ReadHeld(path, record?.Audit)) ?? throw Changed(path);

    /// <summary>Reads what stands before a document's cases, its verdict among it, where that is as it was written; the rest is not read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads it from the file that was looked at, wherever that stands.</param>
    /// <exception cref="RunException">It was changed since it was written.</exception>
    internal static T ReadHead<T>(string path, Func<FileStream, T> read)
        where T : class => ReadHead(path, read, () => RecordOf(path));

    /// <summary>The same, with the record as it is found each time that it is looked for.</summary>
    internal static T ReadHead<T>(string path, Func<FileStream, T> read, Func<DerivedRecord?> recordOf)
        where T : class
    {
        var head = AsWritten(path, recordOf, record =>
        {
            using var file = FileSum.Open(path);
            return record is null || (file.Length == record.Audit.Length && record.BeforeCases.IsStartOf(file)) ? read(file) : null;
        });
        if (head is null)
            // Who reads all of it tells what is wrong with it.
            Read(path);
        return head ?? throw Changed(path);
    }

    /// <summary>Reads a document whether or not it is as it was written.</summary>
    /// <inheritdoc cref="Read(string)"/>
    internal static AuditDocument ReadAsItIs(string path) => ReadHeld(path, sum: null)!;

    /// <summary>Reads what is as it was written: null where it is not. Another process may write a result anew meanwhile. It takes the record away, puts the file in its place, and then
    /// the new record: who reads the old record first and then the new file has read no edited one, and begins anew.</summary>
    static T? AsWritten<T>(string path, Func<DerivedRecord?> recordOf, Func<DerivedRecord?, T?> read)
        where T : class
    {
        for (var round = 0; round <= MostReplacements; round++)
        {
            var record = recordOf();
            if (read(record) is { } found)
                return found;
            if (recordOf() is { } still && still.Audit == record?.Audit)
                return null;
        }

        throw new RunException($"{path} is written anew again and again while it is read. Wait until nothing works on the run, and run the same command again.");
    }

    /// <summary>Reads a document; null where it does not hold what it is to hold. What is held against the sum is the very file that the cases are then read from, whatever is put in its place.</summary>
    static AuditDocument? ReadHeld(string path, FileSum? sum)
    {
        try
        {
            return Hold(path, JsonListFile.OpenHandle(path), sum);
        }
        catch (JsonException e)
        {
            throw Unreadable(path, JsonFault.Describe(e, path), e);
        }
        catch (ArgumentException e)
        {
            // The name of our own parameter is no user's.
            throw Unreadable(path, e.Message.Split(" (Parameter")[0], e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path} cannot be read: {e.Message}", e);
        }
    }

    static AuditDocument? Hold(string path, SafeFileHandle file, FileSum? sum)
    {
        AuditDocument? document = null;
        var isHeld = false;
        try
        {
            if (RandomAccess.GetLength(file) == 0)
                throw Unreadable(path, "it is empty.");

            var isAsWritten = false;
            AtOnce.Run(() => document = Parse(path, file), () => isAsWritten = sum?.IsOf(file) ?? true);
            isHeld = isAsWritten;
            return isHeld ? document : null;
        }
        finally
        {
            if (!isHeld)
                file.Dispose();
        }
    }

    static AuditDocument Parse(string path, SafeFileHandle file)
    {
        var (head, cases) = JsonListFile.Open(path, file, CasesProperty, AuditJsonContext.Default.CaseResult);
        JsonFault.RequireWholeLists(head);
        return JsonSerializer.Deserialize(head, AuditJsonContext.Default.AuditDocument) switch
        {
            { Format: AuditDocument.CurrentFormat, Comparisons.Count: 0 } => throw Unreadable(path, "'comparisons' is empty."),
            { Format: AuditDocument.CurrentFormat } document => document with { Cases = cases },
            var other => throw new RunException($"{path} has the format '{other?.Format}'; this version reads '{AuditDocument.CurrentFormat}'."),
        };
    }

    // A copy elsewhere, or under another name, has no record.
    static DerivedRecord? RecordOf(string path) => Path.GetFileName(path) == Name ? DerivedRecord.Read(Path.GetDirectoryName(path) ?? "") : null;

    static RunException Changed(string path) =>
        new($"{path} is not as it was written: it was edited, or another file was put in its place, or its line ends were converted ({DerivedRecord.FileName} beside it holds its length and SHA-256). {Advice(path)}");

    static RunException Unreadable(string path, string why, Exception? cause = null) =>
        cause is null ? new RunException($"{path} is no audit document: {why} {Advice(path)}") : new RunException($"{path} is no audit document: {why} {Advice(path)}", cause);

    // It is derived from the run: where the rest of its folder is there, nothing is lost with it.
    static string Advice(string path)
    {
        var folder = Path.GetDirectoryName(path);
        return File.Exists(Path.Combine(folder ?? "", RunFolder.PlanFile)) ? $"Restore it from a copy, or have it written again from the run: 'plumb resume' with '{(string.IsNullOrEmpty(folder) ? "." : folder)}'." : "Restore it from a copy.";
    }
}
