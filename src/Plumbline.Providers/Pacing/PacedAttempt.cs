using System.Diagnostics;

namespace Plumbline.Providers.Pacing;

/// <summary>One attempt in flight: a place in the gate, and a time that it must end in.</summary>
internal sealed class PacedAttempt : IDisposable
{
    private readonly CallGate _gate;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenRegistration _caller;
    private readonly Activity? _activity;
    private bool _isDisposed;

    public PacedAttempt(CallGate gate, long place, TimeSpan limit, TimeProvider time, Activity? activity, CancellationToken caller)
    {
        _gate = gate;
        _activity = activity;
        Place = place;
        _timeout = new CancellationTokenSource(limit, time);
        _caller = caller.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _timeout);
        PacerTelemetry.InFlight.Add(1);
    }

    /// <summary>Its place in the order of sending.</summary>
    public long Place { get; }

    /// <summary>Is cancelled when the attempt's time is over, or by the caller.</summary>
    public CancellationToken Token => _timeout.Token;

    /// <summary>Gives a stream that has begun this long for its next piece.</summary>
    public void Extend(TimeSpan limit) => _timeout.CancelAfter(limit);

    /// <summary>States what came of it.</summary>
    public void Tell(string outcome) => _activity?.SetTag("plumbline.outcome", outcome);

    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _caller.Dispose();
        _timeout.Dispose();
        _activity?.Dispose();
        PacerTelemetry.InFlight.Add(-1);
        _gate.Leave(Place);
    }
}
