namespace Plumbline.Attacks.Encodings;

/// <summary>Every Latin letter moved thirteen places; encoding twice gives the text back.</summary>
sealed class Rot13Text : ITextEncoding
{
    public string Name => "ROT13";

    public string Encode(string text) => string.Create(text.Length, text, static (encoded, plain) =>
    {
        for (var i = 0; i < plain.Length; i++)
            encoded[i] = Rotate(plain[i]);
    });

    static char Rotate(char letter) => letter switch
    {
        >= 'a' and <= 'z' => (char)('a' + (letter - 'a' + 13) % 26),
        >= 'A' and <= 'Z' => (char)('A' + (letter - 'A' + 13) % 26),
        _ => letter,
    };
}
