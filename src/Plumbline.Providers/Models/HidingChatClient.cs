using Microsoft.Extensions.AI;
using Plumbline.Audits;
using Plumbline.Calls;

namespace Plumbline.Providers.Models;

/// <summary>Takes out of what is said of failures what must not be shown: they name the endpoint by its address, and are stored. Answers pass as they are.</summary>
/// <param name="inner">The client.</param>
/// <param name="hide">Takes out of a text what must not be shown.</param>
internal sealed class HidingChatClient(IChatClient inner, Func<string, string> hide) : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.GetResponseAsync(messages, options, cancellationToken);
        }
        catch (Exception exception) when (exception is ModelUnreachableException or CaseNotAnswerableException)
        {
            throw Hidden(exception);
        }
    }

    /// <summary>The same failure without its cause, which may name the address as well.</summary>
    private Exception Hidden(Exception exception)
    {
        if (exception is CaseNotAnswerableException) return new CaseNotAnswerableException(hide(exception.Message));

        var told = new ModelUnreachableException(hide(exception.Message));
        if (FailedAttempts.Of(exception) is { } causes) FailedAttempts.Attach(told, causes);
        if (RefusedCalls.Of(exception) is { } scope) RefusedCalls.Attach(told, scope);
        return told;
    }
}
