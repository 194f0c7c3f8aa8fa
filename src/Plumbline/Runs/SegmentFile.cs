using Microsoft.Win32.SafeHandles;

namespace Plumbline.Runs;

/// <summary>A segment on the disk.</summary>
sealed class SegmentFile : ISegmentFile
{
    readonly SafeFileHandle handle;

    /// <summary>Begins one.</summary>
    /// <param name="path">Where.</param>
    /// <param name="goesOn">Whether it goes on behind what a file there holds; otherwise there must be none.</param>
    public SegmentFile(string path, bool goesOn = false)
    {
        handle = File.OpenHandle(path, goesOn ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Length = RandomAccess.GetLength(handle);
    }

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(handle, bytes, Length);
        Length += bytes.Length;
    }

    public void FlushToDisk() => RandomAccess.FlushToDisk(handle);

    public void Dispose() => handle.Dispose();
}
