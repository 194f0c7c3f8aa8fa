namespace Plumbline.Providers.Pacing;

/// <summary>A call that the pacer has given up. Whoever speaks the endpoint's protocol turns it into a sentence.</summary>
internal sealed class CallFailedException(AttemptFailure failure, int attempts, GivenUp why, Exception? inner)
    : Exception($"Given up after {attempts} attempts: {failure.Fault}.", inner)
{
    /// <summary>What was wrong with the last attempt.</summary>
    public AttemptFailure Failure { get; } = failure;

    /// <summary>How often the call was sent; 0 where another call had shown that it is no use.</summary>
    public int Attempts { get; } = attempts;

    /// <summary>Why each attempt failed, in order.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Why there is no further attempt.</summary>
    public GivenUp Why { get; } = why;
}
