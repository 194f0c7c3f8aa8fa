using Microsoft.Extensions.AI;
using Plumbline.Calls;

namespace Plumbline.Tests.Audits;

/// <summary>Has room for so many calls; those after them wait for a turn that never comes, until they are withdrawn.</summary>
/// <param name="room">For how many.</param>
/// <param name="inner">Answers them.</param>
/// <param name="holds">Whether those that have room are answered only once another waits.</param>
sealed class CrowdedClient(int room, IChatClient inner, bool holds = false) : DelegatingChatClient(inner)
{
    readonly TaskCompletionSource isCrowded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int asked;
    int waited;

    /// <summary>How many calls got no turn.</summary>
    public int Waited => Volatile.Read(ref waited);

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref asked) <= room)
        {
            if (holds)
                await isCrowded.Task.WaitAsync(cancellationToken);
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }

        Interlocked.Increment(ref waited);
        isCrowded.TrySetResult();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Withdrawal.Of(options));
        await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        throw new InvalidOperationException("Nobody waits for ever.");
    }
}
