using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>
/// MMLU (Hendrycks et al., arXiv 2009.03300): four options a question, in 57 subjects. Three shapes are read: the original files, without
/// a header and with a letter as the answer; files with the columns question, choice0 to choice3 and an answer from 0 to 3; and records
/// with a list of choices and the subject.
/// </summary>
sealed partial class MmluImporter : ISuiteImporter
{
    const string Letters = "ABCD";

    public PublishedSet Set { get; } = new(
        "mmlu",
        "MMLU",
        "https://github.com/hendrycks/test",
        "MIT",
        "CSV files SUBJECT_test.csv with question, four options and the answer in each row, with or without a header, or records with the fields question, subject, choices and answer")
    {
        Paper = "arXiv 2009.03300",
        Rows = 14042,
        Kinds = "capability",
        Files = ["*_test.csv"],
    };

    public bool Recognises(ImportSource source) =>
        source.Has("question", "choice0", "choice3", "answer") || source.Has("question", "subject", "choices", "answer") || IsWithoutHeader(source);

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var subject = Split().Replace(Path.GetFileNameWithoutExtension(source.FileName), "");
        if (IsWithoutHeader(source))
            return source.RowsWithoutHeader().Select(row => Row(row, row.Text("1"), [.. "2345".Select(column => Option(row, column.ToString()))], LetterOf(row, "6"), subject));
        if (source.Has("choices"))
            return source.Records.Select(row => Row(row, row.Text("question"), row.Texts("choices"), row.Number("answer"), row.Text("subject")));

        return source.Records.Select(row => Row(row, row.Text("question"), [.. Enumerable.Range(0, 4).Select(index => Option(row, $"choice{index}"))], row.Number("answer"), subject));
    }

    static ImportedRow Row(SourceRecord row, string question, IReadOnlyList<string> options, int answer, string subject) =>
        LetteredQuestion.Row(row, question, options, answer, CategoryMap.Plain(subject), subject);

    static string Option(SourceRecord row, string column) => row.TextOrNull(column) ?? "";

    static int LetterOf(SourceRecord row, string column) => row.TextOrNull(column) is { Length: 1 } letter && Letters.Contains(letter, StringComparison.Ordinal)
        ? Letters.IndexOf(letter, StringComparison.Ordinal)
        : throw row.Wrong(column, "the letter A, B, C or D");

    // Six columns, and the first row is a question like the others: its last field is a letter.
    static bool IsWithoutHeader(ImportSource source) => source.Format == SourceFormat.Csv && source.Fields is [_, _, _, _, _, { Length: 1 } last] && Letters.Contains(last, StringComparison.Ordinal);

    [GeneratedRegex("_(test|dev|val)$")]
    private static partial Regex Split();
}
