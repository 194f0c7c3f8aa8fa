using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Transformers.Tokenizers.Merging;

/// <summary>The printable characters that GPT-2's vocabulary writes bytes with (Radford et al. 2019, <c>bytes_to_unicode</c>).</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Letters = BuildLetters();
    private static readonly short[] Values = BuildValues();

    /// <summary>The character of a byte.</summary>
    public static char Letter(byte value) => Letters[value];

    /// <summary>How the vocabulary writes these bytes.</summary>
    public static string Write(ReadOnlySpan<byte> bytes)
    {
        Span<char> letters = bytes.Length <= 256 ? stackalloc char[bytes.Length] : new char[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            letters[i] = Letters[bytes[i]];
        return letters.ToString();
    }

    /// <summary>The bytes that a token stands for, if it is written in this alphabet.</summary>
    public static bool TryRead(string token, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (token[i] >= Values.Length || Values[token[i]] < 0)
            {
                bytes = null;
                return false;
            }

            bytes[i] = (byte)Values[token[i]];
        }

        return true;
    }

    private static char[] BuildLetters()
    {
        var letters = new char[256];
        var next = (char)256;
        for (var value = 0; value < 256; value++)
        {
            var printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
            letters[value] = printable ? (char)value : next++;
        }

        return letters;
    }

    private static short[] BuildValues()
    {
        var values = new short[Letters.Max() + 1];
        Array.Fill(values, (short)-1);
        for (var value = 0; value < 256; value++)
            values[Letters[value]] = (short)value;
        return values;
    }
}
