namespace Plumbline.Attacks;

/// <summary>How well the baseline reads an encoding, from harmless strings.</summary>
/// <param name="Decoded">How many strings it decoded.</param>
/// <param name="Asked">How many it was asked: the probe stops once the outcome is certain.</param>
/// <param name="Required">How many it must decode for the encoding to stay.</param>
/// <param name="Kept">Whether the encoding stays in the audit.</param>
public sealed record DecodeProbeResult(int Decoded, int Asked, int Required, bool Kept);
