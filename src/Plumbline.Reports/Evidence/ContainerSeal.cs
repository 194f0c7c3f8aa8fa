using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Reports.Evidence;

/// <summary>
/// Seals a zip file by its own comment: the SHA-256 over every byte before it. The hashes in the manifest are of the files' contents; a zip has more bytes
/// than those (headers, times, the padding of its compression), and the seal tells when one of them was changed. It keeps no forger out; the signature does.
/// </summary>
internal static class ContainerSeal
{
    private const string Prefix = "sha256:";
    private const int Length = 7 + 64;

    /// <summary>The signature of the record that ends a zip file, in which the comment's length is the last field.</summary>
    private const uint EndOfDirectory = 0x06054b50;
    private const int EndLength = 22;

    /// <summary>Appends the seal to a finished zip file without a comment.</summary>
    public static void Set(Stream zip)
    {
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(length, Length);
        zip.Seek(-sizeof(ushort), SeekOrigin.End);
        zip.Write(length);
        zip.Flush();
        zip.Seek(0, SeekOrigin.Begin);
        var seal = Prefix + Convert.ToHexStringLower(SHA256.HashData(zip));
        zip.Write(Encoding.ASCII.GetBytes(seal));
    }

    /// <summary>Whether every byte is as it was sealed.</summary>
    public static bool Holds(Stream zip)
    {
        if (zip.Length < EndLength + Length)
        {
            return false;
        }

        Span<byte> end = stackalloc byte[EndLength + Length];
        zip.Seek(-end.Length, SeekOrigin.End);
        zip.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndOfDirectory || BinaryPrimitives.ReadUInt16LittleEndian(end[(EndLength - sizeof(ushort))..]) != Length)
        {
            return false;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        zip.Seek(0, SeekOrigin.Begin);
        var buffer = new byte[1 << 16];
        for (var left = zip.Length - Length; left > 0;)
        {
            var read = zip.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            hash.AppendData(buffer, 0, read);
            left -= read;
        }

        return end[EndLength..].SequenceEqual(Encoding.ASCII.GetBytes(Prefix + Convert.ToHexStringLower(hash.GetHashAndReset())));
    }
}
