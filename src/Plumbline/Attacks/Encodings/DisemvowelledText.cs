namespace Plumbline.Attacks.Encodings;

/// <summary>The text without its vowels: what is left must be guessed from.</summary>
sealed class DisemvowelledText : ITextEncoding
{
    public string Name => "English without its vowels";

    public string Encode(string text) => string.Concat(text.Where(letter => !IsVowel(letter)));

    static bool IsVowel(char letter) => char.ToLowerInvariant(letter) is 'a' or 'e' or 'i' or 'o' or 'u';
}
