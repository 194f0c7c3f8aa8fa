using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Plumbline.Files;

/// <summary>What a file holds, as far as two numbers tell.</summary>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in lower-case hex digits.</param>
public sealed record FileSum(long Length, string Sha256)
{
    const int Piece = 1 << 20;

    /// <summary>That of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is no file.</exception>
    public static FileSum Of(string path)
    {
        using var file = Open(path);
        return Of(file);
    }

    /// <summary>That of what is left of a stream.</summary>
    internal static FileSum Of(Stream stream) => Of((piece, _) => stream.Read(piece));

    /// <summary>That of bytes.</summary>
    internal static FileSum Of(ReadOnlySpan<byte> bytes) => new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>That of what a hash took.</summary>
    internal static FileSum Of(long length, SHA256 hash) => new(length, Convert.ToHexStringLower(hash.Hash!));

    /// <summary>Opens a file so that another process may put a new one in its place meanwhile: what was opened stays what it is.</summary>
    public static FileStream Open(string path)
    {
        FileKind.RequireFile(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
    }

    /// <summary>Whether a file is there, and holds that.</summary>
    // The length first: it tells most of what was changed without reading anything.
    public bool IsOf(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true } there || there.Length != Length)
                return false;

            using var file = Open(path);
            return Of(file) == this;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // What cannot be read is not known to hold it.
            return false;
        }
    }

    /// <summary>Whether a file that is open holds that; it may be read elsewhere at the same time.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal bool IsOf(SafeFileHandle file) => RandomAccess.GetLength(file) == Length && Of((piece, at) => RandomAccess.Read(file, piece, at)) == this;

    /// <summary>Whether a stream begins with that: the rest is not read.</summary>
    internal bool IsStartOf(Stream stream)
    {
        if (Length > stream.Length)
            return false;

        var start = new byte[Length];
        stream.ReadExactly(start);
        return Of(start) == this;
    }

    static FileSum Of(Func<byte[], long, int> readAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[Piece];
        long length = 0;
        for (var read = readAt(piece, 0); read > 0; read = readAt(piece, length))
        {
            hash.AppendData(piece, 0, read);
            length += read;
        }

        return new FileSum(length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
