using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Audits;
using Plumbline.Files;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;

namespace Plumbline.Reports.Evidence;

/// <summary>
/// Writes a run as one file that can be kept, handed on and checked without the tool's author: plan, results, report, and a manifest of hashes, which may be
/// signed. Without a signature the same run gives the same bytes.
/// </summary>
public static class EvidenceBundle
{
    private const string PlanName = "plan.json";
    private const string JournalName = "journal";

    /// <summary>The earliest time that a zip can state; every entry has it, so that the bytes do not depend on when they were written.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the bundle.</summary>
    /// <param name="document">The run's document.</param>
    /// <param name="folder">The run's folder, for its plan and journal; null where there is the document alone.</param>
    /// <param name="isWhole">True to put the answers in, harmful ones included; false for a hash in the place of each.</param>
    /// <param name="key">Signs the manifest; null for no signature.</param>
    /// <param name="stream">Where to; it can be read and sought.</param>
    /// <param name="cancellationToken">Stops it; what was written so far is no bundle.</param>
    public static async Task WriteAsync(AuditDocument document, string? folder, bool isWhole, EvidenceKey? key, Stream stream, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(stream);
        var shown = isWhole ? document : HashedCases.Of(document);
        var files = new List<EvidenceFile>();
        await using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            await Add(AuditFile.Name, entry => JsonSerializer.SerializeAsync(entry, shown, AuditJsonContext.Default.AuditDocument, cancellationToken));
            foreach (var format in new[] { ReportFormat.Html, ReportFormat.Markdown, ReportFormat.JUnit })
            {
                await Add("report" + ReportFormats.Ending(format), entry => ReportWriter.WriteAsync(shown, format, new ReportOptions(Reveal: isWhole), entry, cancellationToken));
            }

            foreach (var (name, path) in OfFolder(folder, isWhole))
            {
                await Add(name, async entry =>
                {
                    await using var file = FileSum.Open(path);
                    await file.CopyToAsync(entry, cancellationToken);
                });
            }

            var manifest = JsonSerializer.SerializeToUtf8Bytes(
                new EvidenceManifest(
                    EvidenceManifest.CurrentFormat,
                    AuditRunner.ToolVersion,
                    document.RunId,
                    document.FinishedAt,
                    document.Verdict.Sentence,
                    isWhole ? "whole" : "hashed",
                    [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)])
                {
                    JudgedAt = document.JudgedAt,
                    LabelledAt = document.LabelledAt,
                },
                EvidenceJsonContext.Default.EvidenceManifest);
            await Store(zip, EvidenceManifest.Name, manifest, cancellationToken);
            if (key is not null)
            {
                await Store(zip, EvidenceManifest.SignatureName, key.Sign(manifest), cancellationToken);
                await Store(zip, EvidenceManifest.PublicKeyName, System.Text.Encoding.ASCII.GetBytes(key.PublicPem + "\n"), cancellationToken);
            }

            async Task Add(string name, Func<Stream, Task> write)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
                entry.LastWriteTime = NoTime;
                await using var content = new HashingStream(await entry.OpenAsync(cancellationToken));
                await write(content);
                files.Add(content.Finish(name));
            }
        }

        ContainerSeal.Set(stream);
    }

    private static IEnumerable<(string Name, string Path)> OfFolder(string? folder, bool isWhole)
    {
        if (folder is null)
        {
            yield break;
        }

        if (Path.Combine(folder, PlanName) is var plan && File.Exists(plan))
        {
            yield return (PlanName, plan);
        }

        var journal = Path.Combine(folder, JournalName);
        if (isWhole && Directory.Exists(journal))
        {
            foreach (var segment in Directory.EnumerateFiles(journal).Order(StringComparer.Ordinal))
            {
                yield return ($"{JournalName}/{Path.GetFileName(segment)}", segment);
            }
        }
    }

    private static async Task Store(ZipArchive zip, string name, byte[] content, CancellationToken cancellationToken)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        await using var stream = await entry.OpenAsync(cancellationToken);
        await stream.WriteAsync(content, cancellationToken);
    }

    /// <summary>Hashes and counts what passes through.</summary>
    private sealed class HashingStream(Stream inner) : Stream
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public EvidenceFile Finish(string name) => new(name, _length, Convert.ToHexStringLower(_hash.GetHashAndReset()));

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _hash.AppendData(buffer);
            _length += buffer.Length;
            inner.Write(buffer);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _hash.AppendData(buffer.Span);
            _length += buffer.Length;
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _hash.Dispose();
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
