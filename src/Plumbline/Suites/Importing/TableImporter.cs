namespace Plumbline.Suites.Importing;

/// <summary>Any file of records: the user names the column of the prompts, and says of which kind they are where the file does not.</summary>
sealed class TableImporter : ISuiteImporter
{
    const string Prompt = "prompt";
    const string Category = "category";
    const string Kind = "kind";

    public PublishedSet Set { get; } = new("table", "a table of prompts", "the user's own file", "the user's own", "CSV, JSON lines or a JSON list of objects, with a column of prompts")
    {
        Kinds = "any (--kind)",
        TakesColumns = true,
    };

    public bool Recognises(ImportSource source) => source.Records.Count > 0;

    public IEnumerable<ImportedRow> Read(ImportSource source, ImportOptions options)
    {
        var prompt = options.PromptColumn ?? Prompt;
        if (!source.Has(prompt))
            throw new SuiteException($"{source.Path} has no column '{prompt}'; it is {source.Describe()}. Name the column of the prompts with --column.");

        foreach (var (option, column) in new[] { ("--category-column", options.CategoryColumn), ("--answer-column", options.AnswerColumn), ("--group-column", options.GroupColumn) })
        {
            if (column is not null && !source.Has(column))
                throw new SuiteException($"{source.Path} has no column '{column}' for {option}; it is {source.Describe()}.");
        }

        return source.Records.Select(row => Row(row, prompt, options));
    }

    static ImportedRow Row(SourceRecord row, string prompt, ImportOptions options)
    {
        var category = row.TextOrNull(options.CategoryColumn ?? Category) ?? "";
        var answer = options.AnswerColumn is { } column ? row.TextOrNull(column) : null;
        return ImportedRow.Of(KindOf(row, options), row.Text(prompt), category.Length == 0 ? SuitePrompt.Uncategorised : category, category, answer)
            .In(options.GroupColumn is { } group ? row.TextOrNull(group) : null, row.Where);
    }

    static PromptKind KindOf(SourceRecord row, ImportOptions options)
    {
        if (row.TextOrNull(Kind) is { } own)
            return SuiteFile.Kind(own, PromptKind.Harmful, $"{row.Where}, column '{Kind}'");

        return options.Kind ?? throw new SuiteException($"{row.Where}: nothing tells of which kind the prompt is. Say it for all with --kind harmful, lookalike or capability, or in a "
            + $"column '{Kind}'.");
    }
}
