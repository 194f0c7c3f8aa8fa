using System.Text.Json;
using Plumbline.Files;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>Reads and writes <c>audit.json</c>.</summary>
public static class AuditFile
{
    /// <summary>The file's name in a run's folder.</summary>
    public const string Name = "audit.json";

    /// <summary>Writes the document, whole or not at all.</summary>
    public static void Write(string path, AuditDocument document) =>
        WholeFile.Write(path, stream => JsonSerializer.Serialize(stream, document, AuditJsonContext.Default.AuditDocument));

    /// <summary>Reads a document. Its cases stay in the file, which must not change while they are in use; each is read when it is asked
    /// for.</summary>
    /// <exception cref="RunException">There is no such file, or it is no audit that this version reads.</exception>
    public static AuditDocument Read(string path)
    {
        try
        {
            var (head, cases) = JsonListFile.Open(path, "cases", AuditJsonContext.Default.CaseResult);
            var document = JsonSerializer.Deserialize(head, AuditJsonContext.Default.AuditDocument);
            return document is { Format: AuditDocument.CurrentFormat }
                ? document with { Cases = cases }
                : throw new RunException($"{path} has the format '{document?.Format}'; this version reads "
                    + $"'{AuditDocument.CurrentFormat}'.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new RunException($"{path} is no audit document: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
