using System.Text.RegularExpressions;

namespace Plumbline.Suites.Importing;

/// <summary>
/// HellaSwag (Zellers et al., arXiv 1905.07830): which of four endings continues a description. Its test split has no labels. Marks of the page that a text
/// was taken from, such as <c>[header]</c> and <c>[step]</c>, are left out as the common harnesses leave them out (lm-evaluation-harness, task hellaswag).
/// </summary>
sealed partial class HellaSwagImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "hellaswag",
        "HellaSwag",
        "https://github.com/rowanz/hellaswag",
        "MIT",
        "JSON lines with the fields activity_label, ctx, endings and label (hellaswag_val.jsonl)")
    {
        Version = "2",
        Paper = "arXiv 1905.07830",
        Rows = 10042,
        Kinds = "capability",
        IsShapeSeen = false,
    };

    public bool Recognises(ImportSource source) => source.Has("ctx", "endings");

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options) => source.Records.Select(Row);

    static ImportedRow Row(SourceRecord row)
    {
        if (row.TextOrNull("label") is null)
            return ImportedRow.Without("no label: the test split keeps its answers back");

        var activity = row.TextOrNull("activity_label");
        var question = $"{(activity is null ? "" : activity + ": ")}{WithoutMarks(row.Text("ctx"))}\nWhich ending continues this best?";
        return LetteredQuestion.Row(row, question, [.. row.Texts("endings").Select(WithoutMarks)], row.Number("label"), CategoryMap.Plain(row.TextOrNull("split_type") ?? "hellaswag"), row.TextOrNull("split_type") ?? "");
    }
    static string WithoutMarks(string text) =>
        Mark().Replace(text.Trim().Replace(" [title]", ". ", StringComparison.Ordinal), "").Replace("  ", " ", StringComparison.Ordinal).Trim();

    [GeneratedRegex(@"\[.*?\]")]
    private static partial Regex Mark();
}
