using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using AIChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// A model behind an OpenAI-compatible endpoint, as an <see cref="IChatClient"/>: thin over the official SDK. Calls nothing but the
/// endpoint. Failures that remain after <see cref="EndpointOptions.MaxRetries"/> become <see cref="ModelUnreachableException"/>; an
/// answer withheld by a content filter becomes an empty answer with that finish reason.
/// </summary>
public sealed class OpenAiCompatibleChatClient : IChatClient
{
    private readonly EndpointOptions _options;
    private readonly ChatClient _sdk;
    private readonly HttpClient _http;
    private readonly BoundedRetry _retry;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A client of one model on one endpoint.</summary>
    /// <param name="options">Where, which and how patiently.</param>
    /// <param name="time">The clock that pauses between attempts run on.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public OpenAiCompatibleChatClient(EndpointOptions options, TimeProvider time, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _http = new HttpClient(handler ?? new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _retry = new BoundedRetry(options, time);
        _metadata = new ChatClientMetadata("openai-compatible", options.Endpoint, options.Model);
        _sdk = new ChatClient(options.Model, new ApiKeyCredential(options.ApiKey ?? "none"), new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = options.AttemptTimeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(_http),
            UserAgentApplicationId = "plumbline",
        });
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<AIChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Messages(messages);
        try
        {
            return await _retry.RunAsync(
                async cancel => ChatAnswer.Response(await _sdk.CompleteChatAsync(request, ChatRequest.Options(options, _options), cancel).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (EndpointFailure.IsContentFilter(exception))
        {
            return ChatAnswer.Withheld(_options.Model);
        }
        catch (Exception exception) when (EndpointFailure.IsFailure(exception, cancellationToken))
        {
            throw EndpointFailure.Explain(exception, _options);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AIChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = ChatRequest.Messages(messages);
        await using var updates = await StartStreamAsync(request, options, cancellationToken).ConfigureAwait(false);
        if (updates is null)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { ModelId = _options.Model, FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ContentFilter };
            yield break;
        }

        for (var more = true; more; more = await MoveAsync(updates, cancellationToken).ConfigureAwait(false)) yield return ChatAnswer.Update(updates.Current);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatClient) ? _sdk
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>A stream that stands on its first update: once something was handed on, a call cannot be repeated. Null where it was withheld.</summary>
    private async Task<IAsyncEnumerator<StreamingChatCompletionUpdate>?> StartStreamAsync(
        IReadOnlyList<OpenAI.Chat.ChatMessage> request, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await _retry.RunAsync(
                async cancel =>
                {
                    var updates = _sdk.CompleteChatStreamingAsync(request, ChatRequest.Options(options, _options), cancel).GetAsyncEnumerator(cancel);
                    try
                    {
                        return await updates.MoveNextAsync().ConfigureAwait(false) ? updates : throw new IOException("the stream ended before it began");
                    }
                    catch
                    {
                        await updates.DisposeAsync().ConfigureAwait(false);
                        throw;
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (EndpointFailure.IsContentFilter(exception))
        {
            return null;
        }
        catch (Exception exception) when (EndpointFailure.IsFailure(exception, cancellationToken))
        {
            throw EndpointFailure.Explain(exception, _options);
        }
    }

    private async Task<bool> MoveAsync(IAsyncEnumerator<StreamingChatCompletionUpdate> updates, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (EndpointFailure.IsFailure(exception, cancellationToken))
        {
            throw EndpointFailure.Explain(exception, _options);
        }
    }
}
