using System.Text;
using System.Text.RegularExpressions;

namespace Plumbline.Judges.Answers;

/// <summary>
/// Answers that are words. One that the prompt does not mention counts wherever a response has it. One that the prompt mentions itself (a
/// choice between named things) counts only where an answer stands: at the start or end of the first sentence, at the very end, or behind
/// "the answer is". One without a letter or digit is looked for as it stands.
/// </summary>
static partial class AnswerWords
{
    static readonly string[] Articles = [" the ", " a ", " an "];

    /// <summary>Letters and digits in lower case with one space around each word, apostrophes dropped, so that "4" is not found in "14".</summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(" ", text.Length + 2);
        foreach (var character in text)
        {
            if (char.IsLetterOrDigit(character))
                words.Append(char.ToLowerInvariant(character));
            else if (character is not ('\'' or '’') && words[^1] != ' ')
                words.Append(' ');
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }

    /// <summary>Whether the response gives the answer.</summary>
    public static bool IsAnswer(string answer, string prompt, string response)
    {
        var expected = Of(answer);
        if (expected == " ")
            return response.Contains(answer.Trim(), StringComparison.Ordinal);
        if (!Of(prompt).Contains(expected, StringComparison.Ordinal))
            return Of(response).Contains(expected, StringComparison.Ordinal);

        var first = Of(FirstSentence().Match(response).Value);
        return StartsWith(first, expected)
            || first.EndsWith(expected, StringComparison.Ordinal)
            || Of(response).EndsWith(expected, StringComparison.Ordinal)
            || (StatedAnswer().Matches(response).LastOrDefault() is { } stated && StartsWith(Of(response[(stated.Index + stated.Length)..]), expected));
    }

    static bool StartsWith(string words, string expected)
    {
        var article = Array.Find(Articles, article => words.StartsWith(article, StringComparison.Ordinal));
        return words.StartsWith(expected, StringComparison.Ordinal)
            || (article is not null && words.AsSpan(article.Length - 1).StartsWith(expected, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\s*[^.!?\n]*")]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"\b[Aa]nswer\b(?:\s+is\b|\W*:)")]
    private static partial Regex StatedAnswer();
}
