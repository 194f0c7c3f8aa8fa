using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;
using AIChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// A model behind an OpenAI-compatible endpoint, as an <see cref="IChatClient"/>: thin over the official SDK. Calls nothing but the
/// endpoint, and each attempt goes through its <see cref="Pacer"/>. What the pacer gives up becomes <see cref="ModelUnreachableException"/>;
/// an answer withheld by a content filter becomes an empty answer with that finish reason.
/// </summary>
public sealed class OpenAiCompatibleChatClient : IChatClient
{
    // English text has about four characters a token; the estimate only has to be near, as the endpoint tells the true count afterwards.
    private const int CharactersPerToken = 4;

    private readonly EndpointOptions _options;
    private readonly Pacer _pacer;
    private readonly TimeProvider _time;
    private readonly ChatClient _sdk;
    private readonly HttpClient _http;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A client of one model on one endpoint.</summary>
    /// <param name="options">Where and which.</param>
    /// <param name="pacers">How patiently, together with everyone else who calls the same model there with the same key.</param>
    /// <param name="time">The clock that dates in headers are held against.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public OpenAiCompatibleChatClient(EndpointOptions options, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pacers);
        _options = options;
        _time = time;
        _pacer = pacers.For(options.Endpoint, options.Model, options.ApiKey);
        _http = EndpointTransport.Client(EndpointTransport.Handler(handler));
        _metadata = new ChatClientMetadata("openai-compatible", options.Endpoint, options.Model);
        var pipeline = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(_http),
            UserAgentApplicationId = "plumbline",
        };
        if (options.Quirks.ApiVersion is { } version) pipeline.AddPolicy(new ApiVersionPolicy(version, options.ApiKey), PipelinePosition.BeforeTransport);
        _sdk = new ChatClient(options.Model, new ApiKeyCredential(options.ApiKey ?? "none"), pipeline);
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<AIChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Messages(messages);
        var tokens = ExpectedTokens(request, options);
        try
        {
            return (await _pacer.RunAsync(cancel => SendAsync(request, options, cancel), new AnswerReader(tokens, _time), tokens, cancellationToken).ConfigureAwait(false)).Answer;
        }
        catch (CallFailedException failed)
        {
            throw EndpointFailure.Explain(failed, _options.Place, _pacer.Options);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AIChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var paced = await StartStreamAsync(ChatRequest.Messages(messages), options, cancellationToken).ConfigureAwait(false);
        if (paced.Value is not { } stream)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { ModelId = _options.Model, FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ContentFilter };
            yield break;
        }

        await using var started = stream.ConfigureAwait(false);
        for (var more = true; more; more = await MoveAsync(stream, paced.Attempt, cancellationToken).ConfigureAwait(false)) yield return ChatAnswer.Update(stream.Updates.Current);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClient) ? _sdk
            : serviceType == typeof(Pacer) ? _pacer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static long ExpectedTokens(IReadOnlyList<OpenAI.Chat.ChatMessage> request, ChatOptions? options) =>
        1 + request.Sum(message => message.Content.Sum(part => (long)(part.Text?.Length ?? 0))) / CharactersPerToken + (options?.MaxOutputTokens ?? 0);

    private async Task<ReceivedAnswer> SendAsync(IReadOnlyList<OpenAI.Chat.ChatMessage> request, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return ReceivedAnswer.Of(await _sdk.CompleteChatAsync(request, ChatRequest.Options(request, options, _options), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is ClientResultException refused && EndpointFault.IsContentFilter(refused.Status, refused.Message))
        {
            return new ReceivedAnswer(ChatAnswer.Withheld(_options.Model), Raw: null);
        }
    }

    /// <summary>A stream that has begun; null in place of one that was withheld.</summary>
    private async Task<Paced<StartedStream?>> StartStreamAsync(IReadOnlyList<OpenAI.Chat.ChatMessage> request, ChatOptions? options, CancellationToken cancellationToken)
    {
        var tokens = ExpectedTokens(request, options);
        try
        {
            return await _pacer.StartAsync(cancel => SendStreamAsync(request, options, cancel), new AnswerReader(tokens, _time), tokens, cancellationToken).ConfigureAwait(false);
        }
        catch (CallFailedException failed)
        {
            throw EndpointFailure.Explain(failed, _options.Place, _pacer.Options);
        }
    }

    private async Task<StartedStream?> SendStreamAsync(IReadOnlyList<OpenAI.Chat.ChatMessage> request, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await StartedStream.BeginAsync(_sdk.CompleteChatStreamingAsync(request, ChatRequest.Options(request, options, _options), cancellationToken).GetAsyncEnumerator(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ClientResultException refused && EndpointFault.IsContentFilter(refused.Status, refused.Message))
        {
            return null;
        }
    }

    private async Task<bool> MoveAsync(StartedStream stream, PacedAttempt attempt, CancellationToken cancellationToken)
    {
        attempt.Extend(_pacer.Options.AttemptTimeout);
        try
        {
            return await stream.Updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && new AnswerReader(1, _time).FailureOf(exception) is { } failure)
        {
            throw EndpointFailure.Explain(failure, exception, _options.Place, _pacer.Options);
        }
    }
}
