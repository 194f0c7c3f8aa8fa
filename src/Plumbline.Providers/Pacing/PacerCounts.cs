namespace Plumbline.Providers.Pacing;

/// <summary>What a pacer has seen so far.</summary>
/// <param name="Attempts">Requests sent.</param>
/// <param name="Retries">Those of them that repeat a call.</param>
/// <param name="Answers">Attempts that brought an answer.</param>
/// <param name="RateLimited">Attempts refused with 429.</param>
/// <param name="ServerErrors">Attempts that the server failed (5xx, 408).</param>
/// <param name="TimedOut">Attempts without an answer in time.</param>
/// <param name="Broken">Attempts whose connection broke, or whose answer was not whole or none of the protocol.</param>
/// <param name="Refused">Attempts refused for good: the key, the model, or the request.</param>
/// <param name="Tried">Attempts that were only to find out whether the endpoint takes such a request, and were told that it does not.</param>
public readonly record struct PacerCounts(long Attempts, long Retries, long Answers, long RateLimited, long ServerErrors, long TimedOut, long Broken, long Refused, long Tried = 0)
{
    /// <summary>Both together.</summary>
    public static PacerCounts operator +(PacerCounts left, PacerCounts right) => new(
        left.Attempts + right.Attempts,
        left.Retries + right.Retries,
        left.Answers + right.Answers,
        left.RateLimited + right.RateLimited,
        left.ServerErrors + right.ServerErrors,
        left.TimedOut + right.TimedOut,
        left.Broken + right.Broken,
        left.Refused + right.Refused,
        left.Tried + right.Tried);

    /// <inheritdoc cref="op_Addition"/>
    public static PacerCounts Add(PacerCounts left, PacerCounts right) => left + right;
}
