namespace Plumbline.Runs;

/// <summary>Writes a file so that it is either the old one or the whole new one: to a temporary name beside it, flushed, then
/// renamed.</summary>
public static class WholeFile
{
    /// <summary>Writes <paramref name="path"/>.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or gone; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
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
}
