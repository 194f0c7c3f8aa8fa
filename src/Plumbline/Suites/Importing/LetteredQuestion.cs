using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>A multiple-choice question written the way that the suites here ask one: the options below it, each behind its letter.</summary>
static partial class LetteredQuestion
{
    /// <summary>The instruction below the options.</summary>
    public const string Instruction = "Answer with the letter only.";

    const int MostOptions = 26;

    /// <summary>The row of a question.</summary>
    /// <param name="record">Where it was read, for messages.</param>
    /// <param name="question">The question.</param>
    /// <param name="options">The options, in order.</param>
    /// <param name="right">The index of the right one.</param>
    /// <param name="category">Its category in the suite.</param>
    /// <param name="from">The set's own category.</param>
    /// <exception cref="SuiteException">There is no such option.</exception>
    public static ImportedRow Row(SourceRecord record, string question, IReadOnlyList<string> options, int right, string category, string from)
    {
        if (options.Count is < 2 or > MostOptions)
            throw new SuiteException($"{record.Where}: {options.Count} options; a choice has 2 to {MostOptions}.");
        if (right < 0 || right >= options.Count)
            throw new SuiteException($"{record.Where}: the right answer is option {right + 1} of {options.Count}. Is the answer counted from 1 instead of from 0?");
        if (options.Any(string.IsNullOrWhiteSpace))
            return ImportedRow.Without("an option is empty");

        // Lines of the question that look like options ("I. …") would be taken for them: they are quoted, as in mail.
        var asked = OptionLike().Replace(question.Trim(), "> $0");
        var lines = options.Select((option, index) => $"{Letter(index)}) {OneLine(option)}");
        return ImportedRow.Capability($"{asked}\n{string.Join('\n', lines)}\n{Instruction}", category, from, Letter(right).ToString());
    }

    /// <summary>The letter of an option by its index from 0.</summary>
    public static char Letter(int index) => (char)('A' + index);

    static string OneLine(string option) => Breaks().Replace(option.Trim(), " ");

    [GeneratedRegex(@"^[ \t]*\(?[A-Z][).:][ \t]+\S", RegexOptions.Multiline)]
    private static partial Regex OptionLike();

    [GeneratedRegex(@"\s*[\r\n]+\s*")]
    private static partial Regex Breaks();
}
