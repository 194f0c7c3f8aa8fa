using System.Security.Cryptography;
using System.Text;

namespace Plumbline.Reports.Audits;

/// <summary>What stands for an answer where no text of a model may: by it, whoever has the run can tell that the answer is the one.</summary>
public static class AnswerHash
{
    private const string Prefix = "sha256:";
    private const int Digits = 64;

    /// <summary><c>sha256:</c> and 64 hex digits over the answer's UTF-8 bytes; an empty answer stays empty.</summary>
    public static string Of(string answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Length == 0 ? answer : Prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer)));
    }

    /// <summary>Whether a text is such a hash, and so hides nothing.</summary>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Prefix.Length + Digits && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExceptInRange('0', 'f') < 0 && !text.AsSpan(Prefix.Length).ContainsAnyInRange(':', '`');
    }
}
