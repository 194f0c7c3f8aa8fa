using System.Runtime.InteropServices;

namespace Plumbline.Cli.Exits;

/// <summary>What the process was told to do when its terminal goes away.</summary>
internal static class HangUp
{
    private const int Signal = 1;
    private const nint Ignore = 1;

    /// <summary>Whether it is to go on, as <c>nohup</c> asks: a handler of ours would undo that.</summary>
    public static bool IsIgnored
    {
        get
        {
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) return false;

            // What was set is only told when something else is; nobody listens to the signal yet.
            var before = Set(Signal, Ignore);
            Set(Signal, before);
            return before == Ignore;
        }
    }

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Set(int signal, nint handler);
}
