using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Plumbline.FaultyServer;

/// <summary>Draws by what is asked, not by when: the same content has the same fate, whoever asks, in whatever order, and after however many faults.</summary>
internal static class ContentDraw
{
    /// <summary>From 0 to below 1.</summary>
    public static double Of(int seed, params ReadOnlySpan<string> content) => FaultDraw.Uniform(seed, BinaryPrimitives.ReadInt64LittleEndian(Hash(content)));

    /// <summary>Eight letters and digits that tell one content from another.</summary>
    public static string Word(params ReadOnlySpan<string> content) => Convert.ToHexStringLower(Hash(content).AsSpan(8, 4));

    private static byte[] Hash(ReadOnlySpan<string> content) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', content)));
}
