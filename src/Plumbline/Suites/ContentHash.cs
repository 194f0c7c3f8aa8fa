using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Suites;

/// <summary>The hash that names content: SHA-256 over the parts, each preceded by its length, so that no two lists of parts run
/// together.</summary>
public static class ContentHash
{
    const int Digits = 2 * SHA256.HashSizeInBytes;

    /// <summary>Whether <paramref name="text"/> is such a hash, by its looks, and no name.</summary>
    public static bool IsOne([NotNullWhen(true)] string? text) => text?.Length == Digits && text.All(char.IsAsciiHexDigitLower);

    /// <summary>The hash of <paramref name="parts"/> in order, as 64 lower-case hex digits.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
