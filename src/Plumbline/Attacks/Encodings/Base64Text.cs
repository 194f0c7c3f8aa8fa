using System.Buffers;
using System.Text;

namespace Plumbline.Attacks.Encodings;

/// <summary>Base64 of the text's UTF-8 bytes.</summary>
sealed class Base64Text : ITextEncoding
{
    static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string Name => "Base64";

    public string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The decoded text where the whole response is Base64 of text; otherwise the response: many models answer plainly.</summary>
    public static string Read(string response)
    {
        var trimmed = response.Trim();
        var buffer = ArrayPool<byte>.Shared.Rent(trimmed.Length);
        try
        {
            return trimmed.Length > 0 && Convert.TryFromBase64String(trimmed, buffer, out var written)
                ? StrictUtf8.GetString(buffer, 0, written)
                : response;
        }
        catch (DecoderFallbackException)
        {
            // Letters and digits that happen to be valid Base64 but not of any text, such as the one-word answer "done".
            return response;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
