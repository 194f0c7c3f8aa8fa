namespace Plumbline.Suites.Importing;

/// <summary>What the user says of an import. Columns and kind are for the importers that <see cref="PublishedSet.TakesColumns"/>.</summary>
public sealed record ImportOptions
{
    /// <summary>The set's revision, where the user knows it.</summary>
    public string? Revision { get; init; }

    /// <summary>The column, field or variable that holds the prompts.</summary>
    public string? PromptColumn { get; init; }

    /// <summary>The column of the categories.</summary>
    public string? CategoryColumn { get; init; }

    /// <summary>The column of the expected answers; only of capability prompts.</summary>
    public string? AnswerColumn { get; init; }

    /// <summary>The column of the groups: rows with the same value are variants of one another.</summary>
    public string? GroupColumn { get; init; }

    /// <summary>The kind of the prompts that do not name one themselves.</summary>
    public PromptKind? Kind { get; init; }

    /// <summary>How many prompts to take, evenly over kinds and categories; null for all.</summary>
    public int? Take { get; init; }

    /// <summary>The seed of that draw.</summary>
    public long Seed { get; init; }

    internal bool NamesColumns => PromptColumn is not null || CategoryColumn is not null || AnswerColumn is not null || GroupColumn is not null || Kind is not null;
}
