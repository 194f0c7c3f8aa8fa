namespace Plumbline.Providers.Pacing;

/// <summary>How many calls an endpoint gets at once, and how patiently each is repeated.</summary>
public sealed record PacerOptions
{
    /// <summary>The most calls in flight to one endpoint; at least 1.</summary>
    /// <value>32.</value>
    public int MaxConcurrency { get; init; } = 32;

    /// <summary>How often a call is repeated after 429, 5xx, a timeout or a broken connection; 0 switches repeating off.</summary>
    /// <value>4.</value>
    public int MaxRetries { get; init; } = 4;

    /// <summary>How long one attempt may take.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one call may take in all, from its first attempt on: attempts, pauses, and what the server asks to wait.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan TotalDeadline { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The first pause between two attempts where the server asks for none; each further one is twice as long, and up to half of each is
    /// left away at random.</summary>
    /// <value>Half a second.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest of these pauses. What a server asks for is waited in full, or not at all where it exceeds <see cref="TotalDeadline"/>.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The most attempts in any minute; null for no such limit.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>The most tokens in any minute, read and written, to within one call; null for no such limit.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>Seeds the spread of the pauses.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// How many calls to endpoints should be under way side by side, in flight or not, so that as many are in flight as may be: a call that pauses before it is tried again, or whose answer
    /// is being written down, leaves its place in flight to another, who must be there to take it. Twice as many as may be in flight, and up to <see cref="MostInReserve"/> more where
    /// they are few: a call that waits costs memory, and each collection of garbage a visit.
    /// </summary>
    /// <param name="endpoints">How many endpoints are called side by side, each with as many calls as this allows.</param>
    public int CallsUnderWay(int endpoints)
    {
        var inFlight = endpoints * MaxConcurrency;
        return inFlight + Math.Max(inFlight, Math.Min(10 * inFlight, MostInReserve));
    }

    /// <summary>With so many calls in reserve, or as many as are in flight where that is more, the places of those that pause are taken.</summary>
    private const int MostInReserve = 192;
}
