using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Endpoints;

/// <summary>
/// A model behind an endpoint, as an <see cref="IChatClient"/>, whatever protocol it speaks: each attempt goes through the <see cref="Pacer"/>, what that
/// gives up becomes <see cref="ModelUnreachableException"/>, a key that the server repeats is taken out, and the answer comes in one
/// piece where the protocol has no stream. How a conversation is sent is the protocol's own.
/// </summary>
/// <param name="place">The endpoint as a person is told of it.</param>
/// <param name="metadata">The provider's name, the address and the model.</param>
/// <param name="pacer">How patiently it is called.</param>
/// <param name="time">The clock that dates in headers are held against.</param>
/// <param name="http">The connections, which the client owns.</param>
internal abstract class EndpointChatClient(EndpointPlace place, ChatClientMetadata metadata, Pacer pacer, TimeProvider time, HttpClient http) : IChatClient
{
    // English text has about four characters a token; the estimate only has to be near, as the endpoint tells the true count afterwards.
    private const int CharactersPerToken = 4;

    /// <summary>The endpoint as a person is told of it.</summary>
    protected EndpointPlace Place => place;

    /// <summary>How patiently it is called.</summary>
    protected Pacer Pacer => pacer;

    /// <summary>The clock that dates in headers are held against.</summary>
    protected TimeProvider Time => time;

    /// <summary>The connections.</summary>
    protected HttpClient Http => http;

    /// <summary>How long an answer may become where nobody says; 0 where that is the server's to know.</summary>
    protected virtual int UsualLimit => 0;

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        var send = Prepare(sent, options);
        var tokens = ExpectedTokens(sent, options);
        var reader = Reader(tokens);
        try
        {
            return place.WithoutSecrets((await pacer.RunAsync(cancel => SendAsync(send, reader, cancel), reader, tokens, FollowUp.Is(options), cancellationToken, Withdrawal.Of(options))).Answer);
        }
        catch (CallFailedException failed)
        {
            if (failed.Failure.Fault == AttemptFault.RequestRefused && Trial.Is(options)) pacer.WasTrial();
            throw Explain(failed);
        }
    }

    /// <summary>The answer: in one piece, where the protocol does not stream.</summary>
    public virtual async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    /// <inheritdoc/>
    public virtual object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? metadata
            : serviceType == typeof(Pacer) ? pacer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public virtual void Dispose() => http.Dispose();

    /// <summary>Puts a conversation into the protocol's terms, once for all attempts.</summary>
    /// <returns>Sends it once, and reads what comes back.</returns>
    protected abstract Func<CancellationToken, Task<EndpointAnswer>> Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options);

    /// <summary>Reads what an attempt brought.</summary>
    /// <param name="tokens">About how many tokens the call takes.</param>
    protected virtual EndpointReader Reader(long tokens) => new(tokens, time);

    /// <summary>Sends it once. An answer that something in front of the model withheld is one: the prompt's own matter, and no fault of the endpoint.</summary>
    private async Task<EndpointAnswer> SendAsync(Func<CancellationToken, Task<EndpointAnswer>> send, EndpointReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await send(cancellationToken);
        }
        catch (Exception exception) when (reader.IsWithheld(exception))
        {
            return EndpointAnswer.Withheld(metadata.DefaultModelId);
        }
    }

    /// <summary>About how many tokens a call takes, read and written; at least 1.</summary>
    protected long ExpectedTokens(IReadOnlyList<ChatMessage> messages, ChatOptions? options) =>
        1 + (messages.Sum(message => (long)message.Text.Length) / CharactersPerToken) + (options?.MaxOutputTokens ?? UsualLimit);

    /// <summary>The sentence for a call that the pacer has given up.</summary>
    protected ModelUnreachableException Explain(CallFailedException failed) => EndpointFailure.Explain(failed, place, pacer.Options);
}
