namespace Plumbline.Reports.Evidence;

/// <summary>One file of a bundle.</summary>
/// <param name="Path">Its name in the bundle, parts divided by '/'.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The SHA-256 of its content, 64 hex digits.</param>
public sealed record EvidenceFile(string Path, long Bytes, string Sha256);
