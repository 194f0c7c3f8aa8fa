using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Plumbline.Transformers.Models;

namespace Plumbline.Transformers.Generation;

/// <summary>
/// A <see cref="LanguageModel"/> behind <see cref="IChatClient"/>: requests in flight are batched continuously, and an answer depends on
/// its own prompt, options and seed only, to the bit, whatever else is in flight and however many threads compute.
/// </summary>
/// <remarks>
/// <para>If the last message is the assistant's, the model continues it; the answer is the continuation alone.</para>
/// <para>Where <see cref="ChatOptions"/> leaves sampling open, the model's own recommendation holds (its <c>generation_config.json</c>),
/// and without one the likeliest token is taken. Order of the steps: penalties, temperature, top-k, top-p.</para>
/// <para>Does not own the model: dispose of the client first, then of the model.</para>
/// </remarks>
public sealed class ModelChatClient : IChatClient
{
    private readonly LanguageModel model;
    private readonly EngineOptions options;
    private readonly TimeProvider time;
    private readonly GenerationEngine engine;
    private long unseeded;

    /// <summary>Starts an engine for <paramref name="model"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit of <paramref name="options"/> is not positive.</exception>
    public ModelChatClient(LanguageModel model, EngineOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        this.model = model;
        this.options = options ?? new EngineOptions();
        this.time = time ?? TimeProvider.System;
        engine = new GenerationEngine(model, this.options);
    }

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The request cannot be answered as asked.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        RespondAsync(new PromptBuilder(model).Build(messages, options), options, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="GenerationException">The request cannot be answered as asked.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(new PromptBuilder(model).Build(messages, options), options, cancellationToken);

    /// <summary>Continues plain text, without a chat template: for models that have none.</summary>
    /// <param name="text">What the model reads, after its begin token if it has one.</param>
    /// <param name="options">As for a chat.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="GenerationException">The request cannot be answered as asked.</exception>
    public Task<ChatResponse> CompleteAsync(string text, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        RespondAsync(new PromptBuilder(model).Plain(text), options, cancellationToken);

    /// <summary>As <see cref="CompleteAsync"/>, piece by piece.</summary>
    /// <param name="text">What the model reads, after its begin token if it has one.</param>
    /// <param name="options">As for a chat.</param>
    /// <param name="cancellationToken">Ends the generation.</param>
    /// <exception cref="GenerationException">The request cannot be answered as asked.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> CompleteStreamingAsync(
        string text, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        StreamAsync(new PromptBuilder(model).Plain(text), options, cancellationToken);

    /// <summary>This client, its <see cref="ChatClientMetadata"/>, its <see cref="LanguageModel"/>, or its <see cref="EngineOptions"/>.</summary>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        if (serviceType == typeof(ChatClientMetadata))
            return new ChatClientMetadata("plumbline", providerUri: null, model.Name);
        if (serviceType == typeof(LanguageModel))
            return model;
        if (serviceType == typeof(EngineOptions))
            return options;
        return serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <summary>Ends the engine; requests in flight fail with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose() => engine.Dispose();

    private async Task<ChatResponse> RespondAsync(Prompt prompt, ChatOptions? chat, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = EngineTelemetry.Activities.StartActivity("generate", ActivityKind.Internal);
        var request = Request(prompt, chat, pieces: null, cancellationToken);
        await using var registration = cancellationToken.Register(request.Cancel);
        engine.Submit(request);
        var answer = await request.Completion;
        Describe(activity, answer);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Text))
        {
            CreatedAt = time.GetUtcNow(),
            FinishReason = Reason(answer),
            ModelId = model.Name,
            Usage = Usage(answer),
        };
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        Prompt prompt, ChatOptions? chat, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = EngineTelemetry.Activities.StartActivity("generate", ActivityKind.Internal);
        // A reader that walks away in the middle frees the place too.
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var request = Request(prompt, chat, pieces, left.Token);
        engine.Submit(request);
        var id = Guid.NewGuid().ToString("N");
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(cancellationToken))
                yield return Update(id, [new TextContent(piece)]);
            var answer = await request.Completion;
            Describe(activity, answer);
            var last = Update(id, [new UsageContent(Usage(answer))]);
            last.FinishReason = Reason(answer);
            yield return last;
        }
        finally
        {
            await left.CancelAsync();
        }
    }

    private ChatResponseUpdate Update(string id, IList<AIContent> contents) => new(ChatRole.Assistant, contents)
    {
        CreatedAt = time.GetUtcNow(),
        MessageId = id,
        ResponseId = id,
        ModelId = model.Name,
    };

    private GenerationRequest Request(Prompt prompt, ChatOptions? chat, Channel<string>? pieces, CancellationToken cancellationToken)
    {
        var room = model.Config.MaxPositions - prompt.Tokens.Length;
        if (room < 1)
        {
            throw new GenerationException(
                $"The prompt is {prompt.Tokens.Length} tokens long; {model.Name} has {model.Config.MaxPositions} positions, of which the answer needs at least one. Shorten the prompt.") { IsTooLong = true };
        }

        var limit = chat?.MaxOutputTokens ?? model.Defaults.MaxNewTokens ?? options.MaxOutputTokens;
        if (limit < 1)
            throw new GenerationException($"The token limit must be at least 1; it is {limit}.");
        return new GenerationRequest
        {
            Prompt = prompt.Tokens,
            DropsLeadingSpace = prompt.BeginsAnswer && model.Tokenizer.Definition.StripLeadingSpace,
            Sampling = Sampling(chat),
            Stops = [.. (chat?.StopSequences ?? []).Where(stop => stop.Length > 0)],
            MaxTokens = Math.Min(limit, room),
            Pieces = pieces,
            Cancellation = cancellationToken,
        };
    }

    private SamplingOptions Sampling(ChatOptions? chat)
    {
        var defaults = model.Defaults;
        var sampling = new SamplingOptions
        {
            Temperature = chat?.Temperature ?? defaults.UsualTemperature,
            TopK = chat?.TopK ?? defaults.UsualTopK,
            TopP = chat?.TopP ?? defaults.UsualTopP,
            FrequencyPenalty = chat?.FrequencyPenalty ?? 0f,
            PresencePenalty = chat?.PresencePenalty ?? 0f,
            RepetitionPenalty = defaults.UsualRepetitionPenalty,
            Seed = chat?.Seed ?? options.Seed + Interlocked.Increment(ref unseeded),
        };
        sampling.Check();
        return sampling;
    }

    private static ChatFinishReason Reason(Answer answer) =>
        answer.End == AnswerEnd.Stop ? ChatFinishReason.Stop : ChatFinishReason.Length;

    private static UsageDetails Usage(Answer answer) => new()
    {
        InputTokenCount = answer.PromptTokens,
        OutputTokenCount = answer.Tokens.Count,
        TotalTokenCount = answer.PromptTokens + answer.Tokens.Count,
    };

    private static void Describe(Activity? activity, Answer answer) => activity?
        .SetTag("gen_ai.usage.input_tokens", answer.PromptTokens)
        .SetTag("gen_ai.usage.output_tokens", answer.Tokens.Count);
}
