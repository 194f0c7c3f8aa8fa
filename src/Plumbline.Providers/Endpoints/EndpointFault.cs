using System.Net.Sockets;
using System.Text.Json;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Endpoints;

/// <summary>What a status or a broken connection means, the same for every protocol over HTTP.</summary>
internal static class EndpointFault
{
    /// <summary>What a status that is no success means.</summary>
    /// <param name="status">The status.</param>
    /// <param name="said">What the server said with it.</param>
    public static AttemptFault OfStatus(int status, string said) => status switch
    {
        // Some say so where there is nothing to wait for: the account has no money left.
        402 => AttemptFault.KeyRefused,
        400 or 403 or 429 when IsOutOfMoney(said) => AttemptFault.KeyRefused,
        429 => AttemptFault.RateLimited,
        401 => AttemptFault.KeyRefused,
        403 when !EndpointRefusal.IsOfKey(said) => AttemptFault.Forbidden,
        403 or 404 or (>= 300 and < 400) => AttemptFault.Unknown,
        408 or >= 500 => AttemptFault.ServerError,
        _ => AttemptFault.RequestRefused,
    };

    /// <summary>Whether the server says that the account behind the key has no money left.</summary>
    public static bool IsOutOfMoney(string said) =>
        said.Contains("insufficient_quota", StringComparison.Ordinal) || said.Contains("credit balance is too low", StringComparison.OrdinalIgnoreCase);

    /// <summary>What became of the connection; null for an exception that is not the endpoint's.</summary>
    public static AttemptFailure? OfConnection(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.Unknown } => new AttemptFailure(AttemptFault.Broken),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } => new AttemptFailure(AttemptFault.Malformed),
        HttpRequestException or SocketException => new AttemptFailure(AttemptFault.Unreachable),
        IOException => new AttemptFailure(AttemptFault.Broken),
        TimeoutException or OperationCanceledException => new AttemptFailure(AttemptFault.TimedOut),
        JsonException or FormatException => new AttemptFailure(AttemptFault.Malformed),
        // An array that is asked for a property, and half a UTF-16 pair, which is JSON and no text.
        InvalidOperationException { Source: { } source } when source.StartsWith("System.Text.Json", StringComparison.Ordinal) => new AttemptFailure(AttemptFault.Malformed),
        AggregateException { InnerException: { } inner } => OfConnection(inner),
        _ => null,
    };
}
