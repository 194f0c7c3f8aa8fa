using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Sockets;
using System.Text.Json;
using Plumbline.Calls;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>Reads what an attempt brought back through the SDK: an answer's limits and length, an exception's meaning.</summary>
/// <param name="expectedTokens">About how many tokens the call takes.</param>
/// <param name="time">The clock that dates in headers are held against.</param>
internal sealed class AnswerReader(long expectedTokens, TimeProvider time) : IAttemptReader<ReceivedAnswer>, IAttemptReader<StartedStream?>
{
    /// <inheritdoc/>
    public TimeSpan? WaitAskedBy(ReceivedAnswer answer) => WaitAskedBy(answer.Raw);

    /// <inheritdoc/>
    public long? TokensOf(ReceivedAnswer answer) => answer.Answer.Usage?.TotalTokenCount;

    /// <inheritdoc/>
    public void Note(ReceivedAnswer answer, IReadOnlyList<string> causes) => FailedAttempts.Attach(answer.Answer, causes);

    /// <inheritdoc/>
    public TimeSpan? WaitAskedBy(StartedStream? answer) => null;

    /// <inheritdoc/>
    public long? TokensOf(StartedStream? answer) => null;

    /// <inheritdoc/>
    public void Note(StartedStream? answer, IReadOnlyList<string> causes)
    {
        // A stream has no place for it before its first piece, and audits do not stream.
    }

    /// <inheritdoc cref="IAttemptReader{T}.FailureOf"/>
    public AttemptFailure? FailureOf(Exception exception) => exception switch
    {
        ClientResultException { Status: 0, InnerException: { } inner } => FailureOf(inner),
        ClientResultException failed => new AttemptFailure(FaultOf(failed), failed.Status, WaitAskedBy(failed.GetRawResponse())),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.Unknown } => new AttemptFailure(AttemptFault.Broken),
        HttpRequestException or SocketException => new AttemptFailure(AttemptFault.Unreachable),
        IOException => new AttemptFailure(AttemptFault.Broken),
        TimeoutException or OperationCanceledException => new AttemptFailure(AttemptFault.TimedOut),
        JsonException or FormatException => new AttemptFailure(AttemptFault.Malformed),
        // The SDK asks an array for its properties, and lets what the reader of JSON says to that through.
        InvalidOperationException { Source: { } source } when source.StartsWith("System.Text.Json", StringComparison.Ordinal) => new AttemptFailure(AttemptFault.Malformed),
        AggregateException { InnerException: { } inner } => FailureOf(inner),
        _ => null,
    };

    private static AttemptFault FaultOf(ClientResultException failed) => failed.Status switch
    {
        // OpenAI says 429 also where there is nothing to wait for: the account has no money left.
        429 when failed.Message.Contains("insufficient_quota", StringComparison.Ordinal) => AttemptFault.KeyRefused,
        429 => AttemptFault.RateLimited,
        401 => AttemptFault.KeyRefused,
        403 or 404 => AttemptFault.Unknown,
        408 or >= 500 => AttemptFault.ServerError,
        _ => AttemptFault.RequestRefused,
    };

    private TimeSpan? WaitAskedBy(PipelineResponse? response) => response is null
        ? null
        : RateHeaders.WaitAskedBy(name => response.Headers.TryGetValue(name, out var value) ? value : null, expectedTokens, time.GetUtcNow());
}
