namespace Plumbline.Providers.Pacing;

/// <summary>What was wrong with one attempt, as far as it matters for what to do next.</summary>
internal enum AttemptFault
{
    /// <summary>Too many calls (429): fewer at once, and this one again later.</summary>
    RateLimited,

    /// <summary>The server failed (5xx, 408): this one again later, and no more at once until the server has recovered.</summary>
    ServerError,

    /// <summary>The connection broke, or closed before the answer was whole: as after a failure of the server.</summary>
    Broken,

    /// <summary>No answer within the attempt's time: as after a failure of the server.</summary>
    TimedOut,

    /// <summary>The answer is none of this protocol: a fault of the moment where the endpoint answered before, a wrong address where it never did and this is not its first failure of the kind.</summary>
    Malformed,

    /// <summary>Nothing listens there: a restart where the endpoint answered before, a wrong address where it never did.</summary>
    Unreachable,

    /// <summary>The address or the model is unknown, or not for this key: final where the endpoint never answered, else this call's own matter.</summary>
    Unknown,

    /// <summary>Refused (403) without a word of the key or of the content: this call's own matter, until it turns out to be everybody's.</summary>
    Forbidden,

    /// <summary>The key is refused, or its quota is used up: no call of this key will fare better.</summary>
    KeyRefused,

    /// <summary>This request is refused for what it is: repeating it changes nothing.</summary>
    RequestRefused,
}
