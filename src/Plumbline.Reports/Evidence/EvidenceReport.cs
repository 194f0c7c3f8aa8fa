namespace Plumbline.Reports.Evidence;

/// <summary>What a check of a bundle found.</summary>
/// <param name="Manifest">What the bundle says it is.</param>
/// <param name="Problems">Everything that is not as it was written, a sentence each with the file's name; empty for a bundle that is whole.</param>
/// <param name="SignedBy">The fingerprint of the key that signed it, where the signature is that key's; null without a valid signature.</param>
/// <param name="IsKnownSigner">Whether that key is the one that the user gave.</param>
public sealed record EvidenceReport(EvidenceManifest Manifest, IReadOnlyList<string> Problems, string? SignedBy, bool IsKnownSigner);
