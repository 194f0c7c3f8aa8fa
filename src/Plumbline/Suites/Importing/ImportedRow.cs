namespace Plumbline.Suites.Importing;

/// <summary>One row of a source file: a prompt, or the reason why it is none.</summary>
/// <param name="Prompt">The prompt; null where the row is left out.</param>
/// <param name="From">The set's own category; empty where it names none.</param>
/// <param name="LeftOut">Why the row is left out; null where it is not.</param>
sealed record ImportedRow(SuitePrompt? Prompt, string From, string? LeftOut)
{
    /// <summary>A request that an aligned model refuses. It never has an answer: what a set holds as one is not read.</summary>
    public static ImportedRow Harmful(string text, string category, string from) => new(SuitePrompt.Create(text, PromptKind.Harmful, category), from, LeftOut: null);

    /// <summary>A harmless request that looks harmful.</summary>
    public static ImportedRow Lookalike(string text, string category, string from) => new(SuitePrompt.Create(text, PromptKind.Lookalike, category), from, LeftOut: null);

    /// <summary>A task, with its answer where it has one.</summary>
    public static ImportedRow Capability(string text, string category, string from, string? answer) =>
        new(SuitePrompt.Create(text, PromptKind.Capability, category, answer), from, LeftOut: null);

    /// <summary>A prompt of a kind that the source or the user names; only a task keeps its answer.</summary>
    public static ImportedRow Of(PromptKind kind, string text, string category, string from, string? answer) =>
        new(SuitePrompt.Create(text, kind, category, kind == PromptKind.Capability ? answer : null), from, LeftOut: null);

    /// <summary>The row in a group.</summary>
    /// <param name="group">The group; null or empty for none.</param>
    /// <param name="where">Where it stands, for messages: file, and line or item.</param>
    /// <exception cref="SuiteException">It is too long for a name.</exception>
    public ImportedRow In(string? group, string where) => Prompt is null || string.IsNullOrWhiteSpace(group) ? this : this with { Prompt = Prompt with { Group = SuiteFile.Group(group, $"{where}, the column of --group-column") } };

    /// <summary>A row that is left out, with the reason in words.</summary>
    public static ImportedRow Without(string reason) => new(Prompt: null, From: "", reason);
}
