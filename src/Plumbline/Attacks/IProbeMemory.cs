namespace Plumbline.Attacks;

/// <summary>
/// A service of clients that answer from a recording (<c>IChatClient.GetService</c>): what the decode probe found when it was made. Such a client
/// cannot be probed, and must leave out what was left out then.
/// </summary>
public interface IProbeMemory
{
    /// <summary>What the probe found of an attack's encoding; null where the recording does not say.</summary>
    DecodeProbeResult? ProbeOf(string attackId);
}
