using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>A segment on the disk.</summary>
sealed class SegmentFile(string path) : ISegmentFile
{
    readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
    long length;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, length);
        length += bytes.Length;
    }

    public void FlushToDisk() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
