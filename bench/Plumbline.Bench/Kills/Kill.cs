namespace Plumbline.Bench.Kills;

/// <summary>When a process was killed, by the machine's steady clock.</summary>
/// <param name="Sent">Just before SIGKILL was sent.</param>
/// <param name="Settled">When the process was gone, and whatever was still on its way to it; the next one starts after that.</param>
internal sealed record Kill(long Sent, long Settled);
