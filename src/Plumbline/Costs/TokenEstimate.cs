using System.Text;

namespace Plumbline.Costs;

/// <summary>Tokens by a text's length, for what no server has told (yet).</summary>
static class TokenEstimate
{
    /// <summary>Characters a token in English prose; code, other languages and encodings take more tokens.</summary>
    public const double CharactersPerToken = 4;

    /// <summary>What a chat template puts around each message, about.</summary>
    public const int TokensPerMessage = 4;

    /// <summary>About how many tokens the texts take as messages.</summary>
    public static long Of(IEnumerable<string> messages) => messages.Sum(text => TokensPerMessage + Of(text));

    /// <summary>About how many tokens a text takes.</summary>
    public static long Of(string text) => (long)Math.Ceiling(text.Length / CharactersPerToken);

    /// <summary>The most tokens that the texts take as messages: to be set aside before a call. Tokenizers that fall back to bytes take one for each
    /// byte of what they do not know, such as rare emoji.</summary>
    public static long AtMost(IEnumerable<string> messages) => messages.Sum(text => (2 * TokensPerMessage) + Encoding.UTF8.GetByteCount(text));
}
