using System.Runtime.InteropServices;
using System.Text;

namespace Plumbline.Files;

/// <summary>
/// Whether a path names a file at all. Opening a named pipe waits for somebody at its other end, for ever where nobody comes, so what is
/// named is looked at before it is opened.
/// </summary>
public static class FileKind
{
    // S_IFMT and its values are the same on Linux, macOS and BSD.
    const int TypeMask = 0xF000;
    const int Pipe = 0x1000;
    const int CharacterDevice = 0x2000;
    const int BlockDevice = 0x6000;
    const int Socket = 0xC000;

    // From linux/stat.h: struct statx has one layout on every architecture, and 256 bytes. The longest struct stat of macOS is shorter.
    const int StatusBytes = 256;
    const int ModeInStatX = 28;
    const int ModeInStat = 4;
    const int WorkingFolder = -100;
    const uint TypeWanted = 1;

    /// <summary>What a path names that is neither a file nor a folder ("a named pipe", "a socket", "a device"), links followed; null where it is
    /// one of the two, or nothing, or where the system does not tell.</summary>
    public static string? Special(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return (Mode(path) & TypeMask) switch
        {
            Pipe => "a named pipe",
            CharacterDevice or BlockDevice => "a device",
            Socket => "a socket",
            _ => null,
        };
    }

    /// <summary>Refuses what is no file, before it is opened.</summary>
    /// <exception cref="InvalidDataException">It is a pipe, a socket or a device; the message names it.</exception>
    public static void RequireFile(string path)
    {
        if (Special(path) is { } kind)
            throw new InvalidDataException($"'{path}' is {kind} and no file. Give a file.");
    }

    static int Mode(string path)
    {
        var name = Encoding.UTF8.GetBytes(path + '\0');
        var status = new byte[StatusBytes];
        try
        {
            if (OperatingSystem.IsLinux())
                return StatX(WorkingFolder, name, 0, TypeWanted, status) == 0 ? BitConverter.ToUInt16(status, ModeInStatX) : 0;
            if (OperatingSystem.IsMacOS())
                return (RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Stat64(name, status) : Stat(name, status)) == 0 ? BitConverter.ToUInt16(status, ModeInStat) : 0;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library of before 2018: nothing is told, and the path is opened as ever.
        }

        return 0;
    }

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int StatX(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Stat(byte[] path, byte[] status);

    [DllImport("libc", EntryPoint = "stat$INODE64")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    static extern int Stat64(byte[] path, byte[] status);
}
