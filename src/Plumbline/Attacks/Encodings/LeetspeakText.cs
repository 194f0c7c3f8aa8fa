namespace Plumbline.Attacks.Encodings;

/// <summary>Six letters as the digits that look like them.</summary>
sealed class LeetspeakText : ITextEncoding
{
    public string Name => "leetspeak";

    public string Encode(string text) => string.Create(text.Length, text, static (encoded, plain) =>
    {
        for (var i = 0; i < plain.Length; i++)
            encoded[i] = Replace(plain[i]);
    });

    static char Replace(char letter) => letter switch
    {
        'a' or 'A' => '4',
        'e' or 'E' => '3',
        'i' or 'I' => '1',
        'o' or 'O' => '0',
        's' or 'S' => '5',
        't' or 'T' => '7',
        _ => letter,
    };
}
