using System.Collections;
using Microsoft.Extensions.AI;

namespace Plumbline.Calls;

/// <summary>
/// How a client tells, beside an answer or a failure, which of its attempts failed and why. An answer that came only after failures may differ from
/// others (a server under load truncates, a filter strikes at random), so an audit reports such answers apart.
/// </summary>
public static class FailedAttempts
{
    /// <summary>The name under which they are kept, in <see cref="ChatResponse.AdditionalProperties"/> and <see cref="Exception.Data"/>.</summary>
    public const string Property = "plumbline.failedAttempts";

    /// <summary>Notes the failed attempts before an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="causes">Why each failed, in order: an HTTP status such as "429", or "timeout", "cut", "malformed", "unreachable".</param>
    public static void Attach(ChatResponse response, IReadOnlyList<string> causes)
    {
        if (causes.Count > 0)
            (response.AdditionalProperties ??= [])[Property] = causes;
    }

    /// <summary>Notes all attempts of a call that was given up.</summary>
    /// <inheritdoc cref="Attach(ChatResponse, IReadOnlyList{string})"/>
    public static void Attach(Exception exception, IReadOnlyList<string> causes)
    {
        if (causes.Count > 0)
            ((IDictionary)exception.Data)[Property] = causes;
    }

    /// <summary>The failed attempts before an answer; null where there were none, or the client does not tell.</summary>
    public static IReadOnlyList<string>? Of(ChatResponse response) =>
        response.AdditionalProperties?.GetValueOrDefault(Property) as IReadOnlyList<string>;

    /// <summary>All attempts of a call that was given up; null where the client does not tell.</summary>
    public static IReadOnlyList<string>? Of(Exception exception) => exception.Data[Property] as IReadOnlyList<string>;
}
