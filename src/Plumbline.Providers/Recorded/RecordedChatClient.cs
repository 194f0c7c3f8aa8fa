using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Plumbline.Attacks;
using Plumbline.Audits;

namespace Plumbline.Providers.Recorded;

/// <summary>Answers with what was recorded earlier. Calls nobody.</summary>
/// <param name="answers">The answers.</param>
/// <param name="file">The file that they are from.</param>
internal sealed class RecordedChatClient(RecordedAnswers answers, string file) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("recorded", providerUri: null, file);

    /// <inheritdoc/>
    /// <exception cref="CaseNotAnswerableException">Nothing fitting is recorded.</exception>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        var (answer, knowsConversation) = answers.Find(messages, options);
        if (answer is null) return Task.FromException<ChatResponse>(new CaseNotAnswerableException(knowsConversation ? OtherSampling(options) : $"{file} holds no answer to this conversation."));

        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer.Response))
        {
            ModelId = file,
            FinishReason = new ChatFinishReason(answer.FinishReason),
            Usage = new UsageDetails { InputTokenCount = answer.InputTokens, OutputTokenCount = answer.OutputTokens },
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates()) yield return update;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null : serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType == typeof(IProbeMemory) ? answers : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }

    private string OtherSampling(ChatOptions? options) => FormattableString.Invariant(
        $"{file} holds answers to this conversation, but none that was drawn so: temperature {options?.Temperature}, at most {options?.MaxOutputTokens} tokens, seed {options?.Seed}, top-p {options?.TopP?.ToString() ?? "unset"}, top-k {options?.TopK?.ToString() ?? "unset"}.");
}
