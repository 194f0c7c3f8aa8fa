using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>A segment on the disk.</summary>
sealed class SegmentFile(string path) : ISegmentFile
{
    readonly SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, Length);
        Length += bytes.Length;
    }

    public void FlushToDisk() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
