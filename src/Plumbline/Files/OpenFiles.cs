using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Plumbline.Files;

/// <summary>How many files, connections among them, a process may have open at once, and whether something failed because it had as many: what
/// then fails is whatever comes next, a suite, a call or a part of the program, and its own message leads astray.</summary>
public static class OpenFiles
{
    /// <summary>What the program has open besides its connections: its own parts are up to 125.</summary>
    public const int OfProgram = 144;

    /// <summary>The fewest that the program starts with: its own, and some for calls.</summary>
    public const int Least = 160;

    // RLIMIT_NOFILE.
    const int OnLinux = 7;
    const int OnMac = 8;

    // EMFILE and ENFILE of Linux, macOS and BSD; ERROR_TOO_MANY_OPEN_FILES of Windows.
    static readonly int[] TooMany = [24, 23, unchecked((int)0x80070004)];

    /// <summary>How many may be open at once; null where there is no limit or the system does not tell.</summary>
    public static long? Limit
    {
        get
        {
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
                return null;
            return GetLimit(OperatingSystem.IsLinux() ? OnLinux : OnMac, out var limits) == 0 && limits.Now < int.MaxValue ? (long)limits.Now : null;
        }
    }

    /// <summary>Whether an exception, or what caused it, says that no more may be opened.</summary>
    public static bool AreUsedUp(Exception? exception) => exception switch
    {
        null => false,
        SocketException { SocketErrorCode: SocketError.TooManyOpenSockets } => true,
        IOException when TooMany.Contains(exception.HResult) => true,
        AggregateException all when all.InnerExceptions.Any(AreUsedUp) => true,
        _ => AreUsedUp(exception.InnerException),
    };

    [DllImport("libc", EntryPoint = "getrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public nuint Now;
        public nuint Most;
    }
}
