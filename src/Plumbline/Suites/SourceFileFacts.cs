namespace Plumbline.Suites;

/// <summary>One file that a suite was imported from.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">The SHA-256 of its bytes, 64 hex digits.</param>
/// <param name="Rows">How many rows it holds.</param>
public sealed record SourceFileFacts(string Name, string Sha256, int Rows);
