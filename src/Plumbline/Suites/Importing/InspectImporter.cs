using System.Text.Json.Nodes;

namespace Plumbline.Suites.Importing;

/// <summary>
/// Samples of Inspect (UK AI Security Institute): input, target and choices. An input may be a text or one user message; longer conversations, and several right choices,
/// are left out. A target becomes an expected answer only where the prompts are tasks.
/// </summary>
sealed class InspectImporter : ISuiteImporter
{
    public PublishedSet Set { get; } = new(
        "inspect",
        "Inspect samples",
        "https://inspect.aisi.org.uk/datasets.html",
        "that of the set in it",
        "CSV, JSON lines or a JSON list with the fields input, target and, for multiple choice, choices")
    {
        Version = "2",
        Kinds = "any (--kind; capability where every sample has a target)",
        TakesColumns = true,
    };

    public bool Recognises(ImportSource source) => source.Has("input") && (source.Has("target") || source.Has("id") || source.Has("metadata"));

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var kind = options.Kind ?? (source.Records.All(HasTarget)
            ? PromptKind.Capability
            : throw new SuiteException($"{source.Path}: not every sample has a target, so nothing tells of which kind the prompts are. Say it with --kind harmful, lookalike or capability."));
        return source.Records.Select(row => Row(row, kind, options).In(options.GroupColumn is { } group ? HereOrInMetadata(row, group, "a group") : null, row.Where));
    }

    static bool HasTarget(SourceRecord row) => row["target"] is { } target && target.ToString().Length > 0;

    static ImportedRow Row(SourceRecord row, PromptKind kind, ImportOptions options)
    {
        if (InputOf(row, options.PromptColumn ?? "input") is not { } input)
            return ImportedRow.Without("a conversation, not one user message");

        var category = CategoryOf(row, options.CategoryColumn);
        if (kind != PromptKind.Capability || !HasTarget(row))
            return ImportedRow.Of(kind, input, category.Length == 0 ? SuitePrompt.Uncategorised : category, category, answer: null);
        if (TargetOf(row, options.AnswerColumn ?? "target") is not { } target)
            return ImportedRow.Without("several targets");
        if (!row.Has("choices") || row["choices"] is null || row["choices"]!.ToString().Length == 0)
            return ImportedRow.Capability(input, category.Length == 0 ? SuitePrompt.Uncategorised : category, category, target);

        var choices = Choices(row);
        var right = target.Length == 1 && char.IsAsciiLetterUpper(target[0]) ? target[0] - 'A' : choices.ToList().IndexOf(target);
        return right >= 0 && right < choices.Count
            ? LetteredQuestion.Row(row, input, choices, right, category.Length == 0 ? SuitePrompt.Uncategorised : category, category)
            : throw row.Wrong("target", $"the letter of one of {choices.Count} choices");
    }

    // Inspect splits a text at its commas, or where it has none at its spaces; a list is a list.
    static IReadOnlyList<string> Choices(SourceRecord row) => row["choices"] is JsonValue text && text.TryGetValue<string>(out var written) && !written.TrimStart().StartsWith('[')
        ? written.Contains(',', StringComparison.Ordinal) ? written.Split(',', StringSplitOptions.TrimEntries) : written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        : row.Texts("choices");

    // Null where it is a conversation.
    static string? InputOf(SourceRecord row, string column)
    {
        if (row[column] is not JsonArray messages)
            return row.Text(column);
        if (messages is not [JsonObject message] || message["role"]?.ToString() is not (null or "user"))
            return null;

        return new SourceRecord($"{row.Where}, column '{column}'", message).Text("content");
    }

    static string? TargetOf(SourceRecord row, string column) => row[column] is JsonArray several
        ? several.Count == 1 ? row.Texts(several, column)[0] : null
        : row.Text(column);

    static string CategoryOf(SourceRecord row, string? column)
    {
        if (column is null)
            return Metadata(row)?["category"] is JsonValue own ? own.ToString() : "";

        return HereOrInMetadata(row, column, "a category");
    }

    static string HereOrInMetadata(SourceRecord row, string column, string what) =>
        (row.Has(column) ? row.TextOrNull(column) : Metadata(row) is { } metadata ? new SourceRecord(row.Where, metadata).TextOrNull(column) : null)
            ?? throw row.Wrong(column, what + ", here or in metadata");

    // A table has it as JSON in a text.
    static JsonObject? Metadata(SourceRecord row)
    {
        if (row["metadata"] is not JsonValue)
            return row["metadata"] as JsonObject;

        return row.TextOrNull("metadata") is { } written
            ? JsonRecords.Parse(written, $"{row.Where}, column 'metadata'") as JsonObject ?? throw row.Wrong("metadata", "an object")
            : null;
    }
}
