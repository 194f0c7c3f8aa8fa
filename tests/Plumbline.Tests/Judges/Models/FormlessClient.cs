using Microsoft.Extensions.AI;
using Plumbline.Calls;
using Plumbline.Tests.Audits;

namespace Plumbline.Tests.Judges.Models;

/// <summary>An endpoint that refuses a request with a response format, as older servers do; at first it may fail by chance.</summary>
/// <param name="answer">What it answers without one.</param>
/// <param name="failures">How many requests with a form fail without being refused.</param>
sealed class FormlessClient(string answer, int failures = 0) : IChatClient
{
    int failures = failures;

    public int WithForm { get; private set; }

    public int Without { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options?.ResponseFormat is not null)
        {
            WithForm++;
            var refused = new InvalidOperationException("response_format is not supported");
            if (failures-- <= 0)
                RefusedCalls.Attach(refused, RefusalScope.ThisRequest);
            throw refused;
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
