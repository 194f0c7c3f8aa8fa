namespace Plumbline.Suites;

/// <summary>A category of a public set, and the one that its prompts have here.</summary>
/// <param name="From">The set's own name for it; empty where the set names none.</param>
/// <param name="To">The category in the suite.</param>
/// <param name="Kind">The kind of these prompts.</param>
/// <param name="Prompts">How many prompts of the suite.</param>
public sealed record MappedCategory(string From, string To, PromptKind Kind, int Prompts);
