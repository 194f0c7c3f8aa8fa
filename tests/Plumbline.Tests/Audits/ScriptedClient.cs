using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Plumbline.Tests.Audits;

/// <summary>A chat client that answers by a function of the last user message, and remembers what it was asked.</summary>
sealed class ScriptedClient(Func<string, ChatResponse> answer) : IChatClient
{
    public ConcurrentQueue<string> Asked { get; } = new();

    public ConcurrentQueue<ChatOptions?> Options { get; } = new();

    public static ScriptedClient Saying(Func<string, string> answer) => new(prompt => Response(answer(prompt)));

    public static ChatResponse Response(string text, ChatFinishReason? finish = null) =>
        new(new ChatMessage(ChatRole.Assistant, text)) { FinishReason = finish ?? ChatFinishReason.Stop };

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        var prompt = messages.Last().Text;
        Asked.Enqueue(prompt);
        Options.Enqueue(options);
        return answer(prompt);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
