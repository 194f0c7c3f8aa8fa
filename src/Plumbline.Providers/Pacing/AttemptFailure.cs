using System.Globalization;

namespace Plumbline.Providers.Pacing;

/// <summary>One failed attempt.</summary>
/// <param name="Fault">What was wrong.</param>
/// <param name="Status">The HTTP status; 0 where none came.</param>
/// <param name="Wait">How long the server asks to be left alone; null where it does not say.</param>
internal sealed record AttemptFailure(AttemptFault Fault, int Status = 0, TimeSpan? Wait = null)
{
    /// <summary>What was wrong, in a word as the journal keeps it: the status where one came, else what became of the connection.</summary>
    public string Cause => Fault switch
    {
        AttemptFault.TimedOut => "timeout",
        AttemptFault.Malformed => "malformed",
        _ when Status != 0 => Status.ToString(CultureInfo.InvariantCulture),
        AttemptFault.Unreachable => "unreachable",
        _ => "cut",
    };

    /// <summary>Whether a later attempt may succeed.</summary>
    /// <param name="isKnown">Whether the endpoint has answered before, or may yet: nobody waits for a server that was never there.</param>
    public bool IsTransient(bool isKnown) => Fault switch
    {
        AttemptFault.RateLimited or AttemptFault.ServerError or AttemptFault.Broken or AttemptFault.TimedOut => true,
        AttemptFault.Malformed or AttemptFault.Unreachable => isKnown,
        _ => false,
    };

    /// <summary>Whether every other call would fail in the same way, so that none needs to be sent.</summary>
    /// <inheritdoc cref="IsTransient" path="/param"/>
    public bool IsForEveryCall(bool isKnown) => Fault switch
    {
        AttemptFault.KeyRefused => true,
        AttemptFault.Malformed or AttemptFault.Unreachable or AttemptFault.Unknown => !isKnown,
        _ => false,
    };
}
