namespace Plumbline.Providers.Pacing;

/// <summary>One call on its way through the pacer.</summary>
/// <param name="number">Its place among all calls, by age.</param>
/// <param name="isFollowUp">Whether it goes before those that wait to begin.</param>
/// <param name="expectedTokens">About how many tokens it takes.</param>
internal sealed class PacedCall(long number, bool isFollowUp, long expectedTokens)
{
    /// <summary>Its place among those that wait: the least goes first.</summary>
    public long Turn => isFollowUp ? number - long.MaxValue : number;

    public long ExpectedTokens => expectedTokens;

    /// <summary>How often it was sent.</summary>
    public int Attempts { get; set; }

    /// <summary>When it must be over, on the pacer's clock; without an end before its first attempt.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.MaxValue;

    /// <summary>What was wrong with its last attempt.</summary>
    public AttemptFailure? LastFailure { get; private set; }

    /// <summary>Why its attempts failed so far, in order.</summary>
    public IReadOnlyList<string> Causes { get; private set; } = [];

    /// <summary>An attempt failed.</summary>
    public void Failed(AttemptFailure failure)
    {
        LastFailure = failure;
        Causes = [.. Causes, failure.Cause];
    }

    public CallFailedException GiveUp(GivenUp why, Exception? inner) =>
        new(LastFailure ?? throw new InvalidOperationException("A call is given up for what its last attempt showed."), Attempts, why, inner) { Causes = Causes };
}
