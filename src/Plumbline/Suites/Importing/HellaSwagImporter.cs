namespace Plumbline.Suites.Importing;

/// <summary>HellaSwag (Zellers et al., arXiv 1905.07830): which of four endings continues a description. Its test split has no labels.</summary>
sealed class HellaSwagImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "hellaswag",
        "HellaSwag",
        "https://github.com/rowanz/hellaswag",
        "MIT",
        "JSON lines with the fields activity_label, ctx, endings and label (hellaswag_val.jsonl)")
    {
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
        var question = $"{(activity is null ? "" : activity + ": ")}{row.Text("ctx")}\nWhich ending continues this best?";
        return LetteredQuestion.Row(row, question, row.Texts("endings"), row.Number("label"), CategoryMap.Plain(row.TextOrNull("split_type") ?? "hellaswag"), row.TextOrNull("split_type") ?? "");
    }
}
