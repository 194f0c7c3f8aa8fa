namespace Plumbline.FaultyServer;

/// <summary>One request that is over. Times are of the machine's steady clock, which every process on it reads alike.</summary>
/// <param name="Arrived">When it came.</param>
/// <param name="Ended">When its answer was ready to be sent, or where it got none, when it was over.</param>
/// <param name="Answered">What was asked, as a hash; null where it got no whole answer.</param>
/// <param name="Subject">The beginning of what it was about; null where it got no whole answer, or the server does not look.</param>
internal sealed record RequestRecord(long Arrived, long Ended, string? Answered, string? Subject);
