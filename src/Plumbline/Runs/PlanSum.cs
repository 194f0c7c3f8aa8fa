using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Runs;

/// <summary>
/// The last property of <c>plan.json</c>, <c>"sum"</c>: the SHA-256 of every byte before it. Cases are named by their content, and answers by their
/// case, so a question that was changed after it was asked would be judged by an answer to another. It tells accidents and edits; who forges a plan can
/// forge its sum.
/// </summary>
static class PlanSum
{
    const int Digits = 2 * SHA256.HashSizeInBytes;
    const int Piece = 1 << 20;

    static readonly int Length = Before.Length + Digits + After.Length;

    static ReadOnlySpan<byte> Before => ",\n  \"sum\": \""u8;

    static ReadOnlySpan<byte> After => "\"\n}\n"u8;

    /// <summary>Writes an object, and the sum as its last property.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="head">The object, with at least one property.</param>
    /// <param name="write">Writes the object, as far as it is given it: without the brace that closes it.</param>
    public static void Write(Stream stream, byte[] head, Action<Stream, byte[]> write)
    {
        var open = head.AsSpan(0, head.AsSpan().LastIndexOf((byte)'}')).TrimEnd("\r\n "u8).ToArray();
        using var hash = SHA256.Create();
        using (var summed = new CryptoStream(stream, hash, CryptoStreamMode.Write, leaveOpen: true))
            write(summed, open);
        stream.Write(Before);
        stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.Hash!)));
        stream.Write(After);
    }

    /// <summary>Whether every byte of a file is as it was written; null where no sum ends it, as in a plan of an earlier version.</summary>
    public static bool? Holds(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (file.Length < Length)
            return null;

        Span<byte> end = stackalloc byte[Length];
        file.Seek(-Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (!end.StartsWith(Before) || !end.EndsWith(After))
            return null;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[Piece];
        file.Seek(0, SeekOrigin.Begin);
        for (var left = file.Length - Length; left > 0;)
        {
            var read = file.Read(piece, 0, (int)Math.Min(left, Piece));
            if (read == 0)
                return false;
            hash.AppendData(piece, 0, read);
            left -= read;
        }

        Span<byte> sum = stackalloc byte[Digits];
        return Convert.TryToHexStringLower(hash.GetHashAndReset(), sum, out _) && end.Slice(Before.Length, Digits).SequenceEqual(sum);
    }
}
