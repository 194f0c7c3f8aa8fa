using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Suites;

/// <summary>The hash that names content: SHA-256 over the parts, each preceded by its length, so that no two lists of parts run
/// together.</summary>
public static class ContentHash
{
    /// <summary>The hash of <paramref name="parts"/> in order, as 64 lower-case hex digits.</summary>
    public static string Of(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
