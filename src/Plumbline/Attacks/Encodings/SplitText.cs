using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plumbline.Attacks.Encodings;

/// <summary>The text cut into numbered pieces of equal length, wherever that falls within a word.</summary>
sealed class SplitText : ITextEncoding
{
    /// <summary>Characters a piece: short enough to cut most long words.</summary>
    const int PieceLength = 8;

    static readonly JsonEncodedText Nothing = JsonEncodedText.Encode("");

    public string Name => "pieces that are to be joined in order";

    public string Encode(string text)
    {
        var pieces = new StringBuilder();
        var number = 1;
        foreach (var piece in Pieces(text))
            pieces.Append(CultureInfo.InvariantCulture, $"p{number++} = \"{JsonEncodedText.Encode(piece, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"\n");
        return number == 1 ? $"p1 = \"{Nothing}\"" : pieces.ToString(0, pieces.Length - 1);
    }

    static IEnumerable<string> Pieces(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = Math.Min(start + PieceLength, text.Length);
            // The halves of a surrogate pair are no text of their own.
            if (end < text.Length && char.IsLowSurrogate(text[end]))
                end++;
            yield return text[start..end];
            start = end;
        }
    }
}
