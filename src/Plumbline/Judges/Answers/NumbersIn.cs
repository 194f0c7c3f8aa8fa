using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Judges.Answers;

/// <summary>
/// Numbers in a text, in English notation: "1,250" and "1250.0" are the same. A response answers with the number that it calls the answer;
/// where it says no such thing, with its first or last number, or the one behind the last "=" or in bold. Where it has no digits, a number in
/// words counts (up to ninety-nine), if it is the only one: "step one, step two, step three" is not 3.
/// </summary>
static partial class NumbersIn
{
    /// <summary>How many characters may stand between "the answer is" and the number.</summary>
    const int Reach = 20;

    static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <summary>The number that <paramref name="text"/> is, or null if it is anything else or more.</summary>
    public static decimal? Of(string text) => Number().Match(text.Trim()) is { Success: true } whole && whole.Length == text.Trim().Length ? Value(whole) : null;

    /// <summary>Whether the response answers with the number.</summary>
    public static bool IsAnswer(decimal number, string response)
    {
        var found = Number().Matches(response);
        if (found.Count == 0)
            return Spelt(response).Distinct().ToList() is [var only] && only == number;
        if (FirstBehind(StatedAnswer(), response) is { } stated)
            return stated == number;

        return Value(found[0]) == number || Value(found[^1]) == number || FirstBehind(EqualsSign(), response) == number || FirstBehind(Bold(), response) == number;
    }

    // Behind the last place that matches: a worked answer concludes at its end.
    static decimal? FirstBehind(Regex place, string response) =>
        place.Matches(response).LastOrDefault() is { } last && Number().Match(response, last.Index + last.Length) is { Success: true } number
        && number.Index - last.Index - last.Length <= Reach
            ? Value(number)
            : null;

    // Digits without end are no number that anybody expects.
    static decimal? Value(Match number) =>
        decimal.TryParse(
            number.Value.Replace(",", "", StringComparison.Ordinal).Replace('\u2212', '-'),
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var value)
            ? value
            : null;

    static List<int> Spelt(string response)
    {
        var numbers = new List<int>();
        var tens = -1;
        foreach (var word in AnswerWords.Of(response).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var small = Array.IndexOf(Small, word);
            if (small is > 0 and < 10 && tens >= 0)
                numbers[^1] = tens + small;
            else if (small >= 0)
                numbers.Add(small);

            tens = Array.IndexOf(Tens, word) is var at and >= 0 ? (at + 2) * 10 : -1;
            if (tens >= 0)
                numbers.Add(tens);
        }

        return numbers;
    }

    // A hyphen is a sign only where a number may begin: not in "7-19" and not in "level-2".
    [GeneratedRegex(@"(?:(?<![\w.,)\-\u2212])[-\u2212])?(?<![\w.]|\d,)(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b[Aa]nswer\b(?:\s+is\b|\W*:)")]
    private static partial Regex StatedAnswer();

    [GeneratedRegex("=")]
    private static partial Regex EqualsSign();

    [GeneratedRegex(@"\*\*(?=\D{0,20}\d)|\\boxed\{")]
    private static partial Regex Bold();
}
