using System.ClientModel;
using System.ClientModel.Primitives;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>Reads what an attempt brought back through the SDK, which has exceptions of its own, and streams.</summary>
/// <param name="expectedTokens">About how many tokens the call takes.</param>
/// <param name="time">The clock that dates in headers are held against.</param>
internal sealed class SdkReader(long expectedTokens, TimeProvider time) : EndpointReader(expectedTokens, time), IAttemptReader<StartedStream?>
{
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
    public override AttemptFailure? FailureOf(Exception exception) => exception switch
    {
        ClientResultException { Status: 0, InnerException: { } inner } => FailureOf(inner),
        ClientResultException failed => new AttemptFailure(
            EndpointFault.OfStatus(failed.Status, BodyOf(failed)), failed.Status, failed.GetRawResponse() is { } response ? Wait(HeadersOf(response)) : null),
        // Of a stream the SDK knows OpenAI's own words only.
        ArgumentException { Source: "OpenAI" } => new AttemptFailure(AttemptFault.Malformed),
        AggregateException { InnerException: { } inner } => FailureOf(inner),
        // An error that came with a status of success.
        EndpointStatusException => base.FailureOf(exception),
        _ => EndpointFault.OfConnection(exception),
    };

    /// <inheritdoc/>
    public override bool IsWithheld(Exception exception) => exception is ClientResultException refused ? EndpointRefusal.IsOfContent(refused.Status, BodyOf(refused)) : base.IsWithheld(exception);

    /// <summary>A header's value by its name.</summary>
    public static Func<string, string?> HeadersOf(PipelineResponse response) => name => response.Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>What the server said: the exception's own sentence leaves out what has not OpenAI's form.</summary>
    private static string BodyOf(ClientResultException failed) => failed.GetRawResponse() is { ContentStream: not null } response && response.BufferContent().ToString() is { Length: > 0 } body ? body : failed.Message;
}
