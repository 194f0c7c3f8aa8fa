namespace Plumbline.Suites.Importing;

/// <summary>Multiple choice with query, choices and gold, the shape that llm-foundry gives ARC, BoolQ, OpenBookQA, PIQA and others. The file's name is the category.</summary>
sealed class ChoicesImporter : ISuiteImporter
{
    const string Lead = "Question:";

    public PublishedSet Set { get; } = new(
        "choices",
        "multiple choice of llm-foundry",
        "https://github.com/mosaicml/llm-foundry",
        "that of the set in it",
        "JSON lines with the fields query, choices and gold, the index of the right choice from 0")
    {
        Kinds = "capability",
    };

    public bool Recognises(ImportSource source) => HasShape(source);

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var category = CategoryMap.Plain(Path.GetFileNameWithoutExtension(source.FileName));
        return source.Records.Select(row => Row(row, category));
    }

    /// <summary>Whether a file has the three fields.</summary>
    public static bool HasShape(ImportSource source) => source.Has("query", "choices", "gold");

    /// <summary>The row of a record with the three fields.</summary>
    public static ImportedRow Row(SourceRecord row, string category)
    {
        var query = row.Text("query").Trim();
        var question = query.StartsWith(Lead, StringComparison.Ordinal) ? query[Lead.Length..].Trim() : query;
        return LetteredQuestion.Row(row, question, row.Texts("choices"), row.Number("gold"), category, category);
    }
}
