using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Evidence;

/// <summary>Checks a bundle: every file against the manifest, the manifest against its signature, and the container's every byte.</summary>
public static class EvidenceCheck
{
    private const int MostOfManifest = 64 << 20;

    private static readonly string[] Unlisted = [EvidenceManifest.Name, EvidenceManifest.SignatureName, EvidenceManifest.PublicKeyName];

    /// <summary>Checks it.</summary>
    /// <param name="stream">The bundle; it can be sought.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="publicKey">The key that must have signed it; null where any key, or none, will do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="EvidenceException">It is no bundle, or its manifest or its directory cannot be read any more.</exception>
    public static EvidenceReport Run(Stream stream, string name, EvidenceKey? publicKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var isSealed = ContainerSeal.Holds(stream);
        using var zip = Open(stream, name);
        var bytes = Content(zip, EvidenceManifest.Name, MostOfManifest)
            ?? throw new EvidenceException($"{name} is no evidence bundle: there is no {EvidenceManifest.Name} in it, or it is damaged. 'plumb report bundle' writes one.");
        var manifest = Read(bytes, name);

        var problems = new List<string>();
        foreach (var file in manifest.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            problems.AddRange(Problems(zip, file));
        }

        var listed = manifest.Files.Select(file => file.Path).Concat(Unlisted).ToHashSet(StringComparer.Ordinal);
        problems.AddRange(zip.Entries.Where(entry => !listed.Contains(entry.FullName)).Select(entry => $"{Shown(entry.FullName)} is not in the manifest: it was added."));
        problems.AddRange(zip.Entries.GroupBy(entry => entry.FullName, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{Shown(same.Key)} is in the bundle {same.Count()} times."));

        var signedBy = Signer(zip, bytes, publicKey, problems);
        if (!isSealed && problems.Count == 0)
        {
            problems.Add($"{name} itself was changed: every file in it is as it was written, but the bytes around them (headers, times, padding) are not.");
        }

        return new EvidenceReport(manifest, problems, signedBy, signedBy is not null && publicKey is not null);
    }

    private static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            stream.Seek(0, SeekOrigin.Begin);
            var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // The directory is read when it is first asked for, and only then is a damaged one told.
            _ = zip.Entries;
            return zip;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new EvidenceException($"{name} is no zip file, or its directory was changed: {e.Message}", e);
        }
    }

    private static EvidenceManifest Read(byte[] bytes, string name)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(bytes, EvidenceJsonContext.Default.EvidenceManifest);
            return manifest is { Format: EvidenceManifest.CurrentFormat }
                ? manifest
                : throw new EvidenceException($"{EvidenceManifest.Name} in {name} has the format '{VisibleText.OneLine(manifest?.Format ?? "none", 60)}'; this version reads '{EvidenceManifest.CurrentFormat}'.");
        }
        catch (JsonException e)
        {
            throw new EvidenceException($"{EvidenceManifest.Name} in {name} was changed: it is no manifest any more ({e.Message})", e);
        }
    }

    private static IEnumerable<string> Problems(ZipArchive zip, EvidenceFile file)
    {
        if (zip.GetEntry(file.Path) is not { } entry)
        {
            yield return $"{Shown(file.Path)} is missing.";
            yield break;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (length, damage) = (0L, (string?)null);
        try
        {
            using var content = entry.Open();
            var buffer = new byte[1 << 16];
            // Never more than the manifest says: a file that unpacks without end ends here.
            for (int read; length <= file.Bytes && (read = content.Read(buffer)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            damage = e.Message;
        }

        if (damage is not null)
        {
            yield return $"{Shown(file.Path)} was changed: it cannot be unpacked ({damage})";
        }
        else if (length != file.Bytes || Convert.ToHexStringLower(hash.GetHashAndReset()) != file.Sha256)
        {
            yield return $"{Shown(file.Path)} was changed: its content is not the one in the manifest.";
        }
    }

    private static string? Signer(ZipArchive zip, byte[] manifest, EvidenceKey? publicKey, List<string> problems)
    {
        var hasSignature = zip.GetEntry(EvidenceManifest.SignatureName) is not null;
        var hasKey = zip.GetEntry(EvidenceManifest.PublicKeyName) is not null;
        if (!hasSignature && !hasKey)
        {
            if (publicKey is not null)
            {
                problems.Add("The bundle is not signed.");
            }

            return null;
        }

        var signature = Content(zip, EvidenceManifest.SignatureName, 1 << 16);
        var pem = Content(zip, EvidenceManifest.PublicKeyName, 1 << 16);
        if (signature is null || pem is null)
        {
            problems.Add($"{(signature is null ? EvidenceManifest.SignatureName : EvidenceManifest.PublicKeyName)} is missing or was changed.");
            return null;
        }

        try
        {
            using var own = EvidenceKey.Read(System.Text.Encoding.ASCII.GetString(pem), EvidenceManifest.PublicKeyName);
            if (publicKey is not null && publicKey.Fingerprint != own.Fingerprint)
            {
                problems.Add($"The bundle is signed by another key than the one given: by {own.Fingerprint}, not {publicKey.Fingerprint}.");
                return null;
            }

            if (own.Verifies(manifest, signature))
            {
                return own.Fingerprint;
            }

            problems.Add($"{EvidenceManifest.Name} or {EvidenceManifest.SignatureName} was changed: the signature does not fit.");
        }
        catch (EvidenceException)
        {
            problems.Add($"{EvidenceManifest.PublicKeyName} was changed: it is no key any more.");
        }

        return null;
    }

    /// <summary>A small file's bytes; null where it is missing, damaged or too long.</summary>
    private static byte[]? Content(ZipArchive zip, string name, int most)
    {
        if (zip.GetEntry(name) is not { } entry || entry.Length > most)
        {
            return null;
        }

        try
        {
            using var content = entry.Open();
            using var memory = new MemoryStream();
            content.CopyTo(memory);
            return memory.Length <= most ? memory.ToArray() : null;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Shown(string path) => VisibleText.OneLine(path, 120);
}
