using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>
/// ARC (Clark et al., arXiv 1803.05457): school questions with three to five options. Read as its authors publish it
/// (<c>question.stem</c>, <c>question.choices[]</c>), as it lies on hubs (<c>choices.text[]</c>, <c>choices.label[]</c>), or with query, choices and gold.
/// </summary>
sealed class ArcImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "arc",
        "ARC",
        "https://allenai.org/data/arc",
        "CC BY-SA 4.0",
        "JSON lines with the fields id, question, choices (inside the question or beside it) and answerKey, or an arc file with query, choices and gold")
    {
        Paper = "arXiv 1803.05457",
        Kinds = "capability",
    };

    public bool Recognises(ImportSource source) =>
        source.Has("question", "answerKey") || (ChoicesImporter.HasShape(source) && source.FileName.Contains("arc", StringComparison.OrdinalIgnoreCase));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var category = CategoryMap.Plain(Path.GetFileNameWithoutExtension(source.FileName));
        return source.Has("answerKey") ? source.Records.Select(row => Row(row, category)) : source.Records.Select(row => ChoicesImporter.Row(row, category));
    }

    static ImportedRow Row(SourceRecord row, string category)
    {
        var key = row.Text("answerKey");
        var (stem, options) = row["question"] is JsonObject question ? Nested(row, question) : Beside(row);
        var right = options.ToList().FindIndex(option => option.Label == key);
        return right >= 0
            ? LetteredQuestion.Row(row, stem, [.. options.Select(option => option.Text)], right, category, category)
            : throw row.Wrong("answerKey", $"one of the labels {string.Join(", ", options.Select(option => option.Label))}");
    }

    static (string Stem, IReadOnlyList<(string Label, string Text)> Options) Nested(SourceRecord row, JsonObject question)
    {
        var inner = new SourceRecord($"{row.Where}, column 'question'", question);
        return question["choices"] is JsonArray choices
            ? (inner.Text("stem"), [.. choices.Select(choice => Choice(inner, choice))])
            : throw inner.Wrong("choices", "a list of options");
    }

    static (string Label, string Text) Choice(SourceRecord inner, JsonNode? choice)
    {
        if (choice is not JsonObject fields)
            throw inner.Wrong("choices", "objects with the fields text and label");

        var option = new SourceRecord($"{inner.Where}, column 'choices'", fields);
        return (option.Text("label"), option.Text("text"));
    }

    static (string Stem, IReadOnlyList<(string Label, string Text)> Options) Beside(SourceRecord row)
    {
        if (row["choices"] is not JsonObject choices)
            throw row.Wrong("choices", "an object with the lists text and label");

        var inner = new SourceRecord($"{row.Where}, column 'choices'", choices);
        var (labels, texts) = (inner.Texts("label"), inner.Texts("text"));
        return labels.Count == texts.Count ? (row.Text("question"), [.. labels.Zip(texts)]) : throw inner.Wrong("label", $"{texts.Count} labels, as many as there are texts");
    }
}
