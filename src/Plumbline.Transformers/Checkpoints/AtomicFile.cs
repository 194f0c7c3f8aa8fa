namespace Plumbline.Transformers.Checkpoints;

/// <summary>Writes files that are either whole or not there: to a temporary name beside the target, flushed to disk, then renamed.</summary>
/// <remarks>The domain has a writer of its own, <c>WholeFile</c>, because engine and domain know nothing of each other; this one says in the
/// engine's own exception which file of a model could not be written, and makes its folder.</remarks>
public static class AtomicFile
{
    private const string Ending = ".part";

    /// <summary>Writes <paramref name="path"/> through <paramref name="write"/>; an earlier file of that name is replaced only at the end.</summary>
    /// <exception cref="CheckpointException">The file cannot be written (no right, no room, no such folder).</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var whole = Path.GetFullPath(path);
        var temporary = $"{whole}.{Guid.NewGuid():N}{Ending}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(whole)!);
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, whole, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(
                $"The file {path} cannot be written: {error.Message} Check the folder's rights and that the disk has room, then try again.", error);
        }
        finally
        {
            // Deleting what is not there is an error where its folder is none either.
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Takes a file away, if it is there.</summary>
    /// <exception cref="CheckpointException">It cannot be taken away.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path} cannot be deleted, which must go before a model is written here: {error.Message} Choose another folder, or check your rights.", error);
        }
    }

    /// <summary>Deletes what writes that were killed have left in a folder. Nothing else may be writing there.</summary>
    public static void DeleteLeftovers(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending).Where(IsTemporary).ToList())
            File.Delete(path);
    }

    /// <summary>Writes a small file whose bytes are at hand.</summary>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> content) => Write(path, stream => stream.Write(content.Span));

    private static bool IsTemporary(string path) => Guid.TryParseExact(Path.GetExtension(Path.GetFileNameWithoutExtension(path)).TrimStart('.'), "N", out _);
}
