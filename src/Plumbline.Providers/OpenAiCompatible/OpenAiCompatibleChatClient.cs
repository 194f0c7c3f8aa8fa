using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using Plumbline.Calls;
using Plumbline.Choices;
using Plumbline.Providers.Endpoints;
using Plumbline.Providers.Pacing;
using AIChatMessage = Microsoft.Extensions.AI.ChatMessage;
using ChatMessage = OpenAI.Chat.ChatMessage;

namespace Plumbline.Providers.OpenAiCompatible;

/// <summary>
/// A model behind an OpenAI-compatible endpoint: thin over the official SDK. Calls nothing but the endpoint. An answer withheld by a content filter becomes an
/// empty answer with that finish reason. It streams.
/// </summary>
internal sealed class OpenAiCompatibleChatClient : EndpointChatClient, ITokenTeller
{
    private readonly EndpointOptions _options;
    private readonly ChatClient _sdk;

    /// <summary>A client of one model on one endpoint.</summary>
    /// <param name="options">Where and which.</param>
    /// <param name="pacers">How patiently, together with everyone else who calls the same model there with the same key.</param>
    /// <param name="time">The clock that dates in headers are held against.</param>
    /// <param name="handler">The transport; null for sockets.</param>
    public OpenAiCompatibleChatClient(EndpointOptions options, PacerPool pacers, TimeProvider time, HttpMessageHandler? handler = null)
        : base(
            options.Place,
            new ChatClientMetadata("openai-compatible", options.Endpoint, options.Model),
            pacers.For(options.Endpoint, options.Model, options.ApiKey),
            time,
            EndpointTransport.Client(EndpointTransport.Handler(handler)))
    {
        _options = options;
        var pipeline = new OpenAIClientOptions
        {
            Endpoint = options.Endpoint,
            NetworkTimeout = Timeout.InfiniteTimeSpan,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(Http),
            UserAgentApplicationId = "plumbline",
        };
        if (options.Quirks.ApiVersion is { } version) pipeline.AddPolicy(new ApiVersionPolicy(version, options.ApiKey), PipelinePosition.BeforeTransport);
        _sdk = new ChatClient(options.Model, new ApiKeyCredential(options.ApiKey ?? "none"), pipeline);
    }

    /// <inheritdoc/>
    public int MostTokens => TokenProbabilities.Usual;

    /// <summary>What the server tells of what it adds to each request.</summary>
    public Task<ServedWord> ServedFactsAsync(CancellationToken cancellationToken) => new ServedFacts(Http, _options, Time).AskAsync(cancellationToken);

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<AIChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var paced = await StartStreamAsync([.. messages], options, cancellationToken);
        if (paced.Value is not { } stream)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, []) { ModelId = _options.Model, FinishReason = Microsoft.Extensions.AI.ChatFinishReason.ContentFilter };
            yield break;
        }

        await using var started = stream;
        for (var more = true; more; more = await MoveAsync(stream, paced.Attempt, cancellationToken)) yield return ChatAnswer.Update(stream.Updates.Current);
    }

    /// <inheritdoc/>
    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClient) ? _sdk : base.GetService(serviceType, serviceKey);

    /// <inheritdoc/>
    protected override Func<CancellationToken, Task<EndpointAnswer>> Prepare(IReadOnlyList<AIChatMessage> messages, ChatOptions? options)
    {
        var request = ChatRequest.Messages(messages);
        var body = ChatRequest.Body(request, ChatRequest.Options(request, options, _options), _options.Model);
        return cancel => SendAsync(body, cancel);
    }

    /// <inheritdoc/>
    protected override EndpointReader Reader(long tokens) => new SdkReader(tokens, Time);

    private async Task<EndpointAnswer> SendAsync(BinaryData body, CancellationToken cancellationToken)
    {
        using var content = BinaryContent.Create(body);
        var response = (await _sdk.CompleteChatAsync(content, new RequestOptions { CancellationToken = cancellationToken })).GetRawResponse();
        return new EndpointAnswer(ChatAnswer.Response(response.Content.ToMemory()), SdkReader.HeadersOf(response));
    }

    /// <summary>A stream that has begun; null in place of one that was withheld.</summary>
    private async Task<Paced<StartedStream?>> StartStreamAsync(IReadOnlyList<AIChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var request = ChatRequest.Messages(messages);
        var tokens = ExpectedTokens(messages, options);
        try
        {
            return await Pacer.StartAsync(cancel => SendStreamAsync(request, options, cancel), new SdkReader(tokens, Time), tokens, FollowUp.Is(options), cancellationToken, Withdrawal.Of(options));
        }
        catch (CallFailedException failed)
        {
            throw Explain(failed);
        }
    }

    private async Task<StartedStream?> SendStreamAsync(IReadOnlyList<ChatMessage> request, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            return await StartedStream.BeginAsync(_sdk.CompleteChatStreamingAsync(request, ChatRequest.Options(request, options, _options), cancellationToken).GetAsyncEnumerator(cancellationToken));
        }
        catch (Exception exception) when (new SdkReader(1, Time).IsWithheld(exception))
        {
            return null;
        }
    }

    private async Task<bool> MoveAsync(StartedStream stream, PacedAttempt attempt, CancellationToken cancellationToken)
    {
        attempt.Extend(Pacer.Options.AttemptTimeout);
        try
        {
            return await stream.Updates.MoveNextAsync();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && new SdkReader(1, Time).FailureOf(exception) is { } failure)
        {
            throw EndpointFailure.Explain(failure, exception, Place, Pacer.Options);
        }
    }
}
