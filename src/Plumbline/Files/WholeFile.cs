namespace Plumbline.Files;

/// <summary>Writes a file so that it is either the old one or the whole new one: to a temporary name beside it, flushed, then
/// renamed.</summary>
/// <remarks>The engine has a writer of its own, <c>AtomicFile</c>, because domain and engine know nothing of each other. Everyone else
/// uses one of the two.</remarks>
public static class WholeFile
{
    /// <summary>Writes <paramref name="path"/>.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or gone; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = Beside(path);
        try
        {
            using (var stream = Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>As <see cref="Write"/>, for content that comes bit by bit.</summary>
    /// <inheritdoc cref="Write"/>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var temporary = Beside(path);
        try
        {
            await using (var stream = Create(temporary))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";

    static FileStream Create(string temporary) => new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
}
