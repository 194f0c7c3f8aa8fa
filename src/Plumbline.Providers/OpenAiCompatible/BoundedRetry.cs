using System.ClientModel;
using System.Globalization;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// The one layer that repeats a call; the SDK's and the handler's own retries are off, so that attempts never multiply.
/// Repeats after 429, 408, 5xx and broken connections, waits as long as <c>Retry-After</c> asks, and otherwise ever longer.
/// Safe to use from many calls at once.
/// </summary>
internal sealed class BoundedRetry(EndpointOptions options, TimeProvider time)
{
    private const double GoldenRatio = 0.6180339887498949;
    private int _pauses;

    /// <summary>Runs <paramref name="attempt"/> until it succeeds, fails for good, or the attempts are used up.</summary>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var failed = 0; ; failed++)
        {
            try
            {
                return await attempt(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (failed < options.MaxRetries && IsTransient(exception) && !cancellationToken.IsCancellationRequested)
            {
                await Task.Delay(PauseAfter(exception, failed), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Nothing listening is not transient: it is told at once rather than after a minute.</summary>
    private static bool IsTransient(Exception exception) => exception switch
    {
        ClientResultException { Status: 429 or 408 or (>= 500 and < 600) } => true,
        ClientResultException { Status: 0, InnerException: { } inner } => IsTransient(inner),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.Unknown } => true,
        IOException => true,
        _ => false,
    };

    private TimeSpan PauseAfter(Exception exception, int failed)
    {
        if (RetryAfter(exception) is { } asked) return asked < options.LongestPause ? asked : options.LongestPause;

        // Spread over the upper half of the pause, so that calls that failed together do not come back together.
        var spread = 0.5 + (0.5 * (Interlocked.Increment(ref _pauses) * GoldenRatio % 1));
        var pause = options.FirstPause * Math.Pow(2, failed);
        return (pause < options.LongestPause ? pause : options.LongestPause) * spread;
    }

    /// <summary>RFC 9110, section 10.2.3: a number of seconds, or a date.</summary>
    private TimeSpan? RetryAfter(Exception exception)
    {
        if ((exception as ClientResultException)?.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) is not true || value is null) return null;
        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6) return TimeSpan.FromSeconds(seconds);
        if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return null;
        var until = moment - time.GetUtcNow();
        return until > TimeSpan.Zero ? until : TimeSpan.Zero;
    }
}
