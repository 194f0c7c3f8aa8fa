using System.Diagnostics;

namespace Plumbline.Bench;

/// <summary>
/// Seconds of the wall, or of the processor. The processor's stand still while other processes hold the core, so they say how good a kernel is
/// even on a busy machine; they count every thread, so a team that waits loses by them too.
/// </summary>
internal static class Clock
{
    public static Func<double> Named(string name) => name switch
    {
        "wall" => () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
        "cpu" => () => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
        _ => throw new ArgumentException($"The clock is 'wall' or 'cpu', not '{name}'.", nameof(name)),
    };
}
