using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Plumbline.Server.Tests;

/// <summary>Says the given pieces, or whatever a script makes of the request; remembers what it was asked.</summary>
internal sealed class ScriptedClient(Func<ChatOptions, CancellationToken, IAsyncEnumerable<string>> script) : IChatClient
{
    public ScriptedClient(params string[] pieces)
        : this((_, _) => pieces.ToAsyncEnumerable())
    {
    }

    public List<(IReadOnlyList<ChatMessage> Messages, ChatOptions Options)> Asked { get; } = [];

    public ChatFinishReason Reason { get; init; } = ChatFinishReason.Stop;

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (Asked)
            Asked.Add(([.. messages], options!));
        var count = 0;
        await foreach (var piece in script(options!, cancellationToken).WithCancellation(cancellationToken))
        {
            count++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
        }

        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 7, OutputTokenCount = count })]) { FinishReason = Reason };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("scripted", null, "scripted") : null;

    public void Dispose()
    {
    }
}
