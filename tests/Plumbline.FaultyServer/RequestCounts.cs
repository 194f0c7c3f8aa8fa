namespace Plumbline.FaultyServer;

/// <summary>What a server has seen.</summary>
/// <param name="Requests">Requests that arrived.</param>
/// <param name="Answered">Those that got a whole, good answer.</param>
/// <param name="Distinct">Different requests among the answered ones: another body is another request.</param>
/// <param name="AnsweredTwice">Different requests that were sent again though they had been answered.</param>
/// <param name="RateLimited">429 for no reason.</param>
/// <param name="OverLimit">429 for a limit.</param>
/// <param name="ServerErrors">500.</param>
/// <param name="Hangs">Never answered.</param>
/// <param name="Cuts">Cut in the middle.</param>
/// <param name="Malformed">Answered with something else.</param>
/// <param name="Unauthorised">401.</param>
/// <param name="MostAtOnce">The most requests in progress at once.</param>
internal sealed record RequestCounts(
    long Requests,
    long Answered,
    long Distinct,
    long AnsweredTwice,
    long RateLimited,
    long OverLimit,
    long ServerErrors,
    long Hangs,
    long Cuts,
    long Malformed,
    long Unauthorised,
    int MostAtOnce)
{
    /// <summary>What came after <paramref name="earlier"/>; the most at once stays that of all.</summary>
    public RequestCounts Since(RequestCounts earlier) => new(
        Requests - earlier.Requests,
        Answered - earlier.Answered,
        Distinct - earlier.Distinct,
        AnsweredTwice - earlier.AnsweredTwice,
        RateLimited - earlier.RateLimited,
        OverLimit - earlier.OverLimit,
        ServerErrors - earlier.ServerErrors,
        Hangs - earlier.Hangs,
        Cuts - earlier.Cuts,
        Malformed - earlier.Malformed,
        Unauthorised - earlier.Unauthorised,
        MostAtOnce);
}
