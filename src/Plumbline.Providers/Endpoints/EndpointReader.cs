using Plumbline.Calls;
using Plumbline.Providers.Pacing;

namespace Plumbline.Providers.Endpoints;

/// <summary>Reads what an attempt brought back over a <see cref="StatusHandler"/>.</summary>
/// <param name="expectedTokens">About how many tokens the call takes.</param>
/// <param name="time">The clock that dates in headers are held against.</param>
internal class EndpointReader(long expectedTokens, TimeProvider time) : IAttemptReader<EndpointAnswer>
{
    /// <inheritdoc/>
    public TimeSpan? WaitAskedBy(EndpointAnswer answer) => Wait(answer.Header);

    /// <inheritdoc/>
    public long? TokensOf(EndpointAnswer answer) => answer.Answer.Usage is { } usage ? usage.TotalTokenCount ?? usage.InputTokenCount + usage.OutputTokenCount : null;

    /// <inheritdoc/>
    public void Note(EndpointAnswer answer, IReadOnlyList<string> causes) => FailedAttempts.Attach(answer.Answer, causes);

    /// <inheritdoc/>
    public virtual AttemptFailure? FailureOf(Exception exception)
    {
        // An SDK may have put an exception of its own around it.
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is EndpointStatusException failed) return new AttemptFailure(EndpointFault.OfStatus(failed.Status, failed.Body), failed.Status, Wait(failed.Header));
            if (EndpointFault.OfConnection(inner) is { } broken) return broken;
        }

        return null;
    }

    /// <summary>Whether the server withheld the answer because of its content, which is a finish reason and not a failure.</summary>
    public virtual bool IsWithheld(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is EndpointStatusException failed) return EndpointRefusal.IsOfContent(failed.Status, failed.Body);
        }

        return false;
    }

    /// <summary>How long headers ask to wait; null where they do not.</summary>
    /// <param name="header">A header's value by its name; null where there is none.</param>
    protected TimeSpan? Wait(Func<string, string?> header) => RateHeaders.WaitAskedBy(header, expectedTokens, time.GetUtcNow());
}
