namespace Plumbline.Attacks;

/// <summary>The user's file that an attack's words came from. The words themselves stand in the cases only.</summary>
/// <param name="Name">The file's name without its folder.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hex digits.</param>
public sealed record AttackFile(string Name, string Sha256);
