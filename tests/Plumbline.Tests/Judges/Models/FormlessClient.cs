using Microsoft.Extensions.AI;
using Plumbline.Tests.Audits;

namespace Plumbline.Tests.Judges.Models;

/// <summary>An endpoint that refuses a request with a response format, as older servers do.</summary>
sealed class FormlessClient(string answer) : IChatClient
{
    public int WithForm { get; private set; }

    public int Without { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.ResponseFormat is not null)
        {
            WithForm++;
            throw new InvalidOperationException("response_format is not supported");
        }

        Without++;
        return Task.FromResult(ScriptedClient.Response(answer));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
