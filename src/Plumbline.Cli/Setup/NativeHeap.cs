using System.Runtime.InteropServices;

namespace Plumbline.Cli.Setup;

/// <summary>
/// The memory of native code, above all that which .NET's own compiler works in: some 64 KiB for each method, which glibc keeps for the next one when it
/// is let go, in as many heaps as there were threads. Over a long run that is a tenth of all that is resident. Tensors are native blocks, too, and used
/// again and again: training and generation take as long as before.
/// </summary>
internal static class NativeHeap
{
    // M_MMAP_THRESHOLD of malloc.h.
    private const int MapFrom = -3;

    private const int BlockOfCompiler = 1 << 16;

    /// <summary>Has every block from 64 KiB on given back to the system as soon as it is let go, for the whole process. Where the C library is another than glibc nothing is changed.</summary>
    public static void GiveBackAtOnce()
    {
        if (!OperatingSystem.IsLinux()) return;

        try
        {
            _ = SetOption(MapFrom, BlockOfCompiler);
        }
        catch (EntryPointNotFoundException)
        {
            // musl knows no such option, and keeps little.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
