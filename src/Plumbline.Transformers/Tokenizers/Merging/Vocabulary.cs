using System.Text;

namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>The tokens of a byte-pair model, by id and by how they are written.</summary>
public sealed class Vocabulary
{
    /// <summary>Far above any real vocabulary; a file that claims more is corrupt.</summary>
    public const int LargestId = (1 << 24) - 1;

    private readonly Dictionary<string, int> idByToken;
    private readonly string?[] tokenById;

    /// <summary>Holds these tokens. Where two ids have the same token, the token means the first one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is negative or above <see cref="LargestId"/>.</exception>
    public Vocabulary(IReadOnlyCollection<KeyValuePair<string, int>> tokens)
    {
        idByToken = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        var largest = -1;
        foreach (var (token, id) in tokens)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)id, (uint)LargestId, token);
            idByToken.TryAdd(token, id);
            largest = Math.Max(largest, id);
        }

        tokenById = new string?[largest + 1];
        foreach (var (token, id) in tokens)
            tokenById[id] ??= token;
    }

    /// <summary>One above the largest id.</summary>
    public int Size => tokenById.Length;

    /// <summary>The id of a token.</summary>
    public int? IdOf(ReadOnlySpan<char> token) =>
        idByToken.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var id) ? id : null;

    /// <summary>The token of an id; null for a gap.</summary>
    public string? TokenOf(int id) => (uint)id < (uint)tokenById.Length ? tokenById[id] : null;

    /// <summary>All tokens with their ids, in the order of ids.</summary>
    public IEnumerable<KeyValuePair<string, int>> InOrder()
    {
        for (var id = 0; id < tokenById.Length; id++)
        {
            if (tokenById[id] is { } token)
                yield return KeyValuePair.Create(token, id);
        }
    }

    internal static string ByteToken(byte value) => $"<0x{value:X2}>";

    internal static bool IsByteToken(string token, out byte value)
    {
        value = 0;
        return token is ['<', '0', 'x', _, _, '>'] && byte.TryParse(token.AsSpan(3, 2), System.Globalization.NumberStyles.HexNumber, null, out value);
    }

    internal static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
