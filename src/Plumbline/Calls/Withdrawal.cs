using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>
/// How a client is told that a call which it has not sent yet is not wanted any more, as where a model was given up while calls waited for their turn with it. Such a
/// call ends as one that was cancelled; one that is in flight is paid for, and goes on.
/// </summary>
public static class Withdrawal
{
    /// <summary>The name under which it is kept, in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Property = "plumbline.withdrawal";

    /// <summary>Marks the call.</summary>
    /// <param name="options">The call's options.</param>
    /// <param name="withdrawn">Is cancelled when the call is not wanted any more.</param>
    public static void Mark(ChatOptions options, CancellationToken withdrawn)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (withdrawn.CanBeCanceled)
            (options.AdditionalProperties ??= [])[Property] = withdrawn;
    }

    /// <summary>What is cancelled when the call is not wanted any more; never, where it is not marked.</summary>
    public static CancellationToken Of(ChatOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(Property) is CancellationToken withdrawn ? withdrawn : CancellationToken.None;
}
