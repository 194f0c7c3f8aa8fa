using System.Text.RegularExpressions;

namespace Plumbline.Judges.Answers;

/// <summary>The options of a multiple-choice prompt: lines that begin with "A)", "B)" and so on (or "A." or "(A)"), at least two, in order.</summary>
sealed partial class LetteredOptions
{
    readonly IReadOnlyList<(char Letter, string Words)> options;

    LetteredOptions(IReadOnlyList<(char Letter, string Words)> options) => this.options = options;

    /// <summary>The options that a prompt offers, or null if it offers none.</summary>
    public static LetteredOptions? In(string prompt)
    {
        var found = OptionLine().Matches(prompt).Select(line => (Letter: line.Groups[1].Value[0], Words: AnswerWords.Of(line.Groups[2].Value))).ToList();
        return found.Count >= 2 && found.Select((option, index) => option.Letter == 'A' + index).All(isInOrder => isInOrder)
            ? new LetteredOptions(found)
            : null;
    }

    /// <summary>The options' letters, in order.</summary>
    public IReadOnlyList<string> Letters => [.. options.Select(option => option.Letter.ToString())];

    /// <summary>Whether an expected answer is the letter of one of the options.</summary>
    public bool Offer(string answer) => answer.Trim() is [var letter] && options.Any(option => option.Letter == char.ToUpperInvariant(letter));

    /// <summary>
    /// The letter that a response settles on, or null. What is said to be the answer counts most (the last time it is said), then a letter at
    /// the start, then the only letter there is, then the only option whose words are there.
    /// </summary>
    public char? ChosenIn(string response)
    {
        if (StatedLetter().Matches(response).LastOrDefault() is { } stated)
            return Offered(stated.Groups[1].Value[0]);

        // A response that lists the options again has not chosen, whatever it begins with.
        var listed = OptionLine().Matches(response).Select(line => line.Groups[1].Value[0]).ToHashSet();
        if (options.All(option => listed.Contains(option.Letter)))
            return null;
        if (OpeningLetter().Match(response) is { Success: true } opening)
            return Offered(opening.Groups[1].Value[0]);

        var letters = LoneLetter().Matches(response).Select(letter => letter.Groups[1].Value[0]).Distinct().ToList();
        if (letters.Count > 0)
            return letters.Count == 1 ? Offered(letters[0]) : null;

        var words = AnswerWords.Of(response);
        var named = options.Where(option => words.Contains(option.Words, StringComparison.Ordinal)).ToList();
        return named.Count == 1 ? named[0].Letter : null;
    }

    char? Offered(char letter)
    {
        letter = char.ToUpperInvariant(letter);
        return options.Any(option => option.Letter == letter) ? letter : null;
    }

    [GeneratedRegex(@"^[ \t]*\(?([A-Z])[).:][ \t]+(\S.*)$", RegexOptions.Multiline)]
    private static partial Regex OptionLine();

    // "A" before a word in small letters is an article: "The answer is A dolphin" names no letter, "A is right" and "A or D" do.
    [GeneratedRegex(@"\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice)\b(?:\s+is\b)?[\s:=*""'(\[]*([A-Z]|[a-z](?=\W*$))\b(?!['’]|\s+(?!(?:is|or|and|because)\b)[a-z])")]
    private static partial Regex StatedLetter();

    [GeneratedRegex(@"^[^\w]*([A-Z]|[a-z](?=\)|[.*""']*\s*$))\b(?!['’]|\s+(?!(?:is|or|and|because)\b)[a-z])")]
    private static partial Regex OpeningLetter();

    [GeneratedRegex(@"(?<![\w'’])([A-Z])\b(?!['’]|\s+(?!(?:is|or|and|because)\b)[a-z])")]
    private static partial Regex LoneLetter();
}
