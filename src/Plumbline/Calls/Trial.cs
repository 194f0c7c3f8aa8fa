using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>
/// How a client is told that a call only finds out what an endpoint takes: whoever refuses it has said so, and no answer is lost.
/// </summary>
public static class Trial
{
    /// <summary>The name under which it is kept, in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Property = "plumbline.trial";

    /// <summary>Marks the call.</summary>
    public static void Mark(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[Property] = true;
    }

    /// <summary>Whether the call is marked.</summary>
    public static bool Is(ChatOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(Property) is true;
}
