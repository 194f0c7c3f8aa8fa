using System.IO.MemoryMappedFiles;

namespace Plumbline.Transformers.Checkpoints;

/// <summary>
/// A whole file mapped into memory, read-only. The mapping lives as long as anything refers to this object (each weight that points
/// into it does) and is given back by its finalizer: so no weight can outlive the memory that it points to.
/// A file that another program cuts short while it is mapped takes the process down with it, as with every mapping: replace models by renaming.
/// </summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* pointer;

    private MappedFile(string path, MemoryMappedViewAccessor view, byte* pointer, long length)
    {
        Path = path;
        this.view = view;
        this.pointer = pointer;
        Length = length;
    }

    /// <summary>Releases the view, after which the operating system may drop its pages.</summary>
    ~MappedFile()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.SafeMemoryMappedViewHandle.Dispose();
    }

    /// <summary>The file's path, for messages.</summary>
    public string Path { get; }

    /// <summary>Bytes in the file.</summary>
    public long Length { get; }

    /// <summary>The first byte. Valid while this object is referred to.</summary>
    public byte* Pointer => pointer;

    /// <summary>Maps a file that is at least one byte long.</summary>
    /// <exception cref="CheckpointException">The file is missing, unreadable or empty.</exception>
    public static MappedFile Open(string path)
    {
        try
        {
            // Asked of the opened file: a link's own length is that of the path it holds, and every file of Hugging Face's cache is a link.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            var length = file.Length;
            if (length == 0)
                throw new CheckpointException($"The file {path} is empty; expected a model's weights. Copy or download it again.");
            using var mapping = MemoryMappedFile.CreateFromFile(file, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            var whole = mapping.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;
            whole.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new MappedFile(path, whole, start + whole.PointerOffset, length);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The file {path} cannot be read: {error.Message} Check that it exists and that you may read it.", error);
        }
    }

    /// <summary>A view of some bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all inside the file.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new ReadOnlySpan<byte>(pointer + offset, length);
    }
}
