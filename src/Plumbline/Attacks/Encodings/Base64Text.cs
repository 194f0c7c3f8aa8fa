using System.Buffers;
using System.Text;

namespace Plumbline.Attacks.Encodings;

/// <summary>Base64 of the text's UTF-8 bytes.</summary>
sealed class Base64Text : ITextEncoding
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A limit on tokens cuts long answers; what is shorter is a word of plain text.
    const int LeastCut = 40;

    public string Name => "Base64";

    public string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The decoded text where the whole response is Base64 of text; otherwise the response: many models answer plainly. One that was cut
    /// off is decoded up to its last whole character.</summary>
    public static string Read(string response)
    {
        var encoded = string.Concat(response.Where(character => !char.IsWhiteSpace(character)));
        var mayBeCut = encoded.Length >= LeastCut;
        if (mayBeCut)
            encoded = encoded[..(encoded.Length / 4 * 4)];
        var bytes = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            return encoded.Length > 0 && Convert.TryFromBase64String(encoded, bytes, out var written) ? Text(bytes.AsSpan(0, written), mayBeCut) : response;
        }
        catch (DecoderFallbackException)
        {
            // Letters and digits that happen to be valid Base64 but not of any text, such as the one-word answer "done".
            return response;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    static string Text(ReadOnlySpan<byte> bytes, bool mayBeCut)
    {
        var text = new char[StrictUtf8.GetMaxCharCount(bytes.Length)];
        // Without a flush, the first bytes of a character that never ends are left out.
        return new string(text, 0, StrictUtf8.GetDecoder().GetChars(bytes, text, flush: !mayBeCut));
    }
}
