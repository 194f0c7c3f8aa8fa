using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>
/// An <c>audit.json</c> whose cases are read when they are asked for, not held: a document of 100,000 cases takes no more memory than one of a hundred.
/// </summary>
public sealed class StoredAudit : IDisposable
{
    const int BufferSize = 1 << 18;
    readonly SafeFileHandle file;

    StoredAudit(SafeFileHandle file, AuditDocument document)
    {
        this.file = file;
        Document = document;
    }

    /// <summary>The document. Each enumeration of its cases reads the file again; they are valid until this is disposed.</summary>
    public AuditDocument Document { get; }

    /// <summary>Opens the file. What was opened stays what it is even if the file is replaced.</summary>
    /// <exception cref="RunException">There is no such file, or it is no audit that this version reads.</exception>
    public static StoredAudit Open(string path)
    {
        SafeFileHandle? opened = null;
        try
        {
            opened = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
            var document = Read(path, opened);
            return new StoredAudit(opened, document);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            opened?.Dispose();
            throw new RunException($"{path} is no audit document: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            throw new RunException($"{path} cannot be read: {e.Message}", e);
        }
        catch
        {
            opened?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    static AuditDocument Read(string path, SafeFileHandle handle)
    {
        var place = CasesPlace.Find(handle, BufferSize);
        var head = new byte[place.Start + place.TailLength];
        RandomAccess.Read(handle, head.AsSpan(0, (int)place.Start), 0);
        RandomAccess.Read(handle, head.AsSpan((int)place.Start), place.End);
        var document = JsonSerializer.Deserialize(WithoutMark(head), AuditJsonContext.Default.AuditDocument);
        return document is { Format: AuditDocument.CurrentFormat }
            ? document with { Cases = new StoredCases(handle, path, place.Start, place.Count) }
            : throw new RunException($"{path} has the format '{document?.Format}'; this version reads '{AuditDocument.CurrentFormat}'.");
    }

    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
}
