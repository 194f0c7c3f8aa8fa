using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>
/// How a client is told that a call goes on with one that was just answered, so that nothing is finished before it is: it goes before those that wait to
/// begin. Behind them, the first answer would lie about unfinished, and be paid for again by whoever goes on with a killed run.
/// </summary>
public static class FollowUp
{
    /// <summary>The name under which it is kept, in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Property = "plumbline.followUp";

    /// <summary>Marks the call.</summary>
    public static void Mark(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[Property] = true;
    }

    /// <summary>Whether the call is marked.</summary>
    public static bool Is(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) is true;
}
