using Microsoft.Extensions.AI;
using Plumbline.Choices;

namespace Plumbline.Tests.Choices;

/// <summary>A client that may be asked for its likeliest tokens, and remembers how many it was asked for, call by call.</summary>
sealed class TellingClient(Func<int, int?, ChatResponse> answer) : IChatClient, ITokenTeller
{
    public TellingClient(Func<int, ChatResponse> answer)
        : this((call, _) => answer(call))
    {
    }

    public List<int?> Asked { get; } = [];

    public int MostTokens => 20;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (Asked)
        {
            Asked.Add(TokenProbabilities.AskedIn(options));
            return Task.FromResult(answer(Asked.Count - 1, Asked[^1]));
        }
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
