using System.Runtime.CompilerServices;
using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Anthropic;

/// <summary>
/// A model behind Anthropic's Messages API, as an <see cref="IChatClient"/>: thin over the official SDK, whose retries, credentials from the
/// environment and telemetry are off. Each attempt goes through its <see cref="Pacer"/>. What the pacer gives up becomes
/// <see cref="ModelUnreachableException"/>; an answer that a classifier ended becomes one with the finish reason of a content filter.
/// </summary>
internal sealed class AnthropicChatClient : IChatClient
{
    private const int CharactersPerToken = 4;
    private const string NoKey = "none";

    // The SDK wants some limit of its own; the pacer's comes long before.
    private static readonly TimeSpan Never = TimeSpan.FromDays(7);

    private readonly AnthropicOptions _options;
    private readonly Pacer _pacer;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly AnthropicClient _sdk;
    private readonly ChatClientMetadata _metadata;

    /// <summary>A client of one model.</summary>
    /// <param name="options">Where and which.</param>
    /// <param name="pacers">How patiently, together with everyone else who calls the same model there with the same key.</param>
    /// <param name="time">The clock that dates in headers are held against.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public AnthropicChatClient(AnthropicOptions options, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler = null)
    {
        _options = options;
        _time = time;
        _pacer = pacers.For(options.Endpoint, options.Model, options.ApiKey);
        _http = EndpointTransport.Client(new StatusHandler(new OwnHeadersHandler(options.ApiKey, EndpointTransport.Handler(handler))));
        _metadata = new ChatClientMetadata("anthropic", options.Endpoint, options.Model);
        // Without a key the SDK would look for one in the environment and in files, and ask others for tokens; this one is never sent.
        _sdk = new AnthropicClient(new ClientOptions
        {
            ApiKey = options.ApiKey ?? NoKey,
            BaseUrl = options.Endpoint.ToString().TrimEnd('/'),
            HttpClient = _http,
            MaxRetries = 0,
            Timeout = Never,
            OpenTelemetry = new OpenTelemetryOptions { Traces = false },
        });
    }

    /// <inheritdoc/>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        var request = MessageRequest.Of(sent, options, _options);
        var tokens = 1 + (sent.Sum(message => (long)message.Text.Length) / CharactersPerToken) + request.MaxTokens;
        try
        {
            return (await _pacer.RunAsync(cancel => SendAsync(request, cancel), new EndpointReader(tokens, _time), tokens, cancellationToken)).Answer;
        }
        catch (CallFailedException failed)
        {
            throw EndpointFailure.Explain(failed, _options.Place, _pacer.Options);
        }
    }

    /// <summary>The answer, in one piece.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(Pacer) ? _pacer
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sdk.Dispose();
        _http.Dispose();
    }

    private async Task<EndpointAnswer> SendAsync(global::Anthropic.Models.Messages.MessageCreateParams request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _sdk.WithRawResponse.Messages.Create(request, cancellationToken);
            return new EndpointAnswer(MessageAnswer.Of(await response.Deserialize(cancellationToken)), StatusHandler.HeadersOf(response.RawMessage));
        }
        catch (AnthropicInvalidDataException exception)
        {
            throw new FormatException(exception.Message, exception);
        }
    }
}
