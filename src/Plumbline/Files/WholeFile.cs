using System.Security.Cryptography;

namespace Plumbline.Files;

/// <summary>Writes a file so that it is either the old one or the whole new one: to a temporary name beside it, flushed, then
/// renamed. Where Windows takes the old one away and then cannot rename the new one, even once more, the new one stays under the temporary name, and that is told.</summary>
/// <remarks>The engine has a writer of its own, <c>AtomicFile</c>, because domain and engine know nothing of each other. Everyone else
/// uses one of the two.</remarks>
public static class WholeFile
{
    /// <summary>Writes <paramref name="path"/>.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The disk is full or gone; the old file, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, isWanted: () => true);

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, for content that comes bit by bit.</summary>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static Task WriteAsync(string path, Func<Stream, Task> write) => WriteAsync(path, write, isWanted: () => true);

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, for content that something may have overtaken until it is whole.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="isWanted">Asked last, once the content is with the disk: false throws it away, and the old file, if any, is untouched.</param>
    /// <returns>Whether it was wanted.</returns>
    /// <exception cref="IOException">The disk is full or gone; the old file, if any, is untouched.</exception>
    public static async Task<bool> WriteAsync(string path, Func<Stream, Task> write, Func<bool> isWanted)
    {
        var temporary = Beside(path);
        try
        {
            await using (var stream = Create(temporary))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (isWanted())
            {
                Put(temporary, path);
                return true;
            }

            File.Delete(temporary);
            return false;
        }
        catch (Exception e) when (e is not LeftBesideException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, and tells what was written, whatever lies there afterwards.</summary>
    /// <returns>What was written, and whether the file held that before: it is left as it is then.</returns>
    /// <inheritdoc cref="Write(string, Action{Stream})"/>
    public static (FileSum Written, bool WasThere) WriteSummed(string path, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        FileSum? written = null;
        var wasThere = false;
        Write(
            path,
            stream =>
            {
                using (var summed = Summed(stream, hash))
                    write(summed);
                written = FileSum.Of(stream.Length, hash);
            },
            () => !(wasThere = written!.IsOf(path)));
        return (written!, wasThere);
    }

    /// <summary>The same for content that comes bit by bit.</summary>
    /// <inheritdoc cref="WriteSummed"/>
    public static async Task<(FileSum Written, bool WasThere)> WriteSummedAsync(string path, Func<Stream, Task> write)
    {
        using var hash = SHA256.Create();
        FileSum? written = null;
        var wasThere = false;
        await WriteAsync(
            path,
            async stream =>
            {
                await using (var summed = Summed(stream, hash))
                    await write(summed);
                written = FileSum.Of(stream.Length, hash);
            },
            () => !(wasThere = written!.IsOf(path)));
        return (written!, wasThere);
    }

    static void Write(string path, Action<Stream> write, Func<bool> isWanted)
    {
        var temporary = Beside(path);
        try
        {
            using (var stream = Create(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (isWanted())
                Put(temporary, path);
            else
                File.Delete(temporary);
        }
        catch (Exception e) when (e is not LeftBesideException)
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Windows moves nothing onto a file that is being read, and audit.json is while it is derived anew; it replaces one whose readers bear that, and they keep
    // the old content, as everywhere else.
    static void Put(string temporary, string path)
    {
        if (OperatingSystem.IsWindows())
            Replace(temporary, path, static (from, to) => File.Replace(from, to, destinationBackupFileName: null, ignoreMetadataErrors: true), Move);
        else
            Move(temporary, path);
    }

    /// <summary>Puts a file in the place of one that may be there.</summary>
    /// <param name="temporary">The file.</param>
    /// <param name="path">Its new name.</param>
    /// <param name="replace">Puts it in the place of one. It may fail between its two steps: then the old file is gone, and the new one has its old name.</param>
    /// <param name="move">Gives it a name that is free.</param>
    internal static void Replace(string temporary, string path, Action<string, string> replace, Action<string, string> move)
    {
        if (!File.Exists(path))
        {
            move(temporary, path);
            return;
        }

        try
        {
            replace(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !File.Exists(path))
        {
            try
            {
                move(temporary, path);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // It is the only copy that is left.
                throw new LeftBesideException(path, temporary, failure);
            }
        }
    }

    static void Move(string temporary, string path) => File.Move(temporary, path, overwrite: true);

    static CryptoStream Summed(Stream stream, SHA256 hash) => new(stream, hash, CryptoStreamMode.Write, leaveOpen: true);

    static string Beside(string path) => $"{path}.{Environment.ProcessId}.tmp";

    static FileStream Create(string temporary) => new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
}
