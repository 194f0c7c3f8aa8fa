using System.Globalization;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Setup;

/// <summary>Keeps the calls in flight within the connections that the process may have open: at that limit it is not a call that fails, but .NET itself,
/// which ends with "Out of memory".</summary>
internal static class OpenCalls
{
    /// <summary>The same options with no more calls at once than fit; says so where that is fewer than was asked for.</summary>
    /// <param name="asked">As many as were asked for.</param>
    /// <param name="models">How many models are asked side by side.</param>
    /// <param name="limit">How many files and connections may be open at once; null for no limit.</param>
    /// <param name="screen">Is told where it is fewer.</param>
    public static PacerOptions Within(PacerOptions asked, int models, long? limit, Screen screen)
    {
        if (limit is not { } most) return asked;

        var fitting = (int)Math.Clamp((most - OpenFiles.OfProgram) / Math.Max(1, models), 1, int.MaxValue);
        if (fitting >= asked.MaxConcurrency) return asked;

        screen.Note(string.Create(CultureInfo.InvariantCulture, $"Only {most} files and connections may be open at once here (ulimit -n): a model gets at most {fitting} {(fitting == 1 ? "call" : "calls")} at a time, not {asked.MaxConcurrency}."));
        return asked with { MaxConcurrency = fitting };
    }
}
