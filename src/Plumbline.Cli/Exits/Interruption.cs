using System.Runtime.InteropServices;

namespace Plumbline.Cli.Exits;

/// <summary>Turns the first Ctrl-C (or a request to terminate, or the end of the terminal) into a cancellation; a second wish kills, as the system
/// would. A terminal that is closed says so twice, by its shell and by the kernel, so a further hang-up is no second wish.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Action _told;

    /// <param name="told">Called once, at the first signal: tells the user that the program is stopping.</param>
    public Interruption(Action told)
    {
        _told = told;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
        if (!HangUp.IsIgnored) _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    /// <summary>Heeds a signal: it is cancelled where the process is to go on for now.</summary>
    internal void OnSignal(PosixSignalContext context)
    {
        var isFurther = _source.IsCancellationRequested;
        context.Cancel = !isFurther || context.Signal == PosixSignal.SIGHUP;
        if (isFurther) return;

        _told();
        _source.Cancel();
    }
}
