using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Plumbline.Providers.Pacing;

/// <summary>What the pacers tell a listener in the same process; nothing leaves it otherwise. No message, no answer and no key is in it.</summary>
internal static class PacerTelemetry
{
    /// <summary>Name of the meter and the activity source.</summary>
    public const string Name = "Plumbline.Providers";

    /// <summary>One activity an attempt.</summary>
    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>Requests sent, by <c>host</c>, and by <c>outcome</c>: "answered", or the fault.</summary>
    public static readonly Counter<long> Attempts = Meter.CreateCounter<long>("plumbline.pacer.attempts", "{attempt}");

    /// <summary>Those of them that repeat a call.</summary>
    public static readonly Counter<long> Retries = Meter.CreateCounter<long>("plumbline.pacer.retries", "{attempt}");

    /// <summary>Requests in flight.</summary>
    public static readonly UpDownCounter<long> InFlight = Meter.CreateUpDownCounter<long>("plumbline.pacer.in_flight", "{attempt}");
}
