namespace Plumbline.Judges.Answers;

/// <summary>Yes or no, true or false: the word that a response begins with counts; where it begins otherwise, the last one in it.</summary>
static class YesOrNo
{
    static readonly string[][] Pairs = [["yes", "no"], ["true", "false"]];

    /// <summary>Whether an expected answer is one of these words.</summary>
    public static bool Reads(string answer) => PairOf(answer) is not null;

    /// <summary>Whether the response gives this answer, and not its opposite.</summary>
    public static bool IsAnswer(string answer, string response)
    {
        var pair = PairOf(answer)!;
        var words = AnswerWords.Of(response).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var decisive = words is [var first, ..] && pair.Contains(first) ? first : words.LastOrDefault(pair.Contains);
        return decisive == AnswerWords.Of(answer).Trim();
    }

    static string[]? PairOf(string answer) => Array.Find(Pairs, pair => pair.Contains(AnswerWords.Of(answer).Trim()));
}
