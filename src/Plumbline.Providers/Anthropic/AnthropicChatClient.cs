using Anthropic;
using Anthropic.Core;
using Anthropic.Exceptions;
using Microsoft.Extensions.AI;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Anthropic;

/// <summary>
/// A model behind Anthropic's Messages API: thin over the official SDK, whose retries, credentials from the environment and telemetry are off. An answer that
/// a classifier ended becomes one with the finish reason of a content filter.
/// </summary>
internal sealed class AnthropicChatClient : EndpointChatClient
{
    private const string NoKey = "none";

    // The SDK wants some limit of its own; the pacer's comes long before.
    private static readonly TimeSpan Never = TimeSpan.FromDays(7);

    private readonly AnthropicOptions _options;
    private readonly AnthropicClient _sdk;

    /// <summary>A client of one model.</summary>
    /// <param name="options">Where and which.</param>
    /// <param name="pacers">How patiently, together with everyone else who calls the same model there with the same key.</param>
    /// <param name="time">The clock that dates in headers are held against.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public AnthropicChatClient(AnthropicOptions options, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler = null)
        : base(
            options.Place,
            new ChatClientMetadata("anthropic", options.Endpoint, options.Model),
            pacers.For(options.Endpoint, options.Model, options.ApiKey),
            time,
            EndpointTransport.Client(new StatusHandler(new OwnHeadersHandler(options.ApiKey, EndpointTransport.Handler(handler)))))
    {
        _options = options;
        // Without a key the SDK would look for one in the environment and in files, and ask others for tokens; this one is never sent.
        _sdk = new AnthropicClient(new ClientOptions
        {
            ApiKey = options.ApiKey ?? NoKey,
            BaseUrl = options.Endpoint.ToString().TrimEnd('/'),
            HttpClient = Http,
            MaxRetries = 0,
            Timeout = Never,
            OpenTelemetry = new OpenTelemetryOptions { Traces = false },
        });
    }

    /// <inheritdoc/>
    protected override int UsualLimit => MessageRequest.UsualLimit;

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sdk.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    /// <exception cref="Audits.CaseNotAnswerableException">The conversation has a shape that the API has no place for.</exception>
    protected override Func<CancellationToken, Task<EndpointAnswer>> Prepare(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var request = MessageRequest.Of(messages, options, _options);
        return cancel => SendAsync(request, cancel);
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
