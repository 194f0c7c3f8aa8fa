using Plumbline.Suites;

namespace Plumbline.Cli.Planning;

/// <summary>How much of a category is asked.</summary>
/// <param name="Name">The category.</param>
/// <param name="Kind">The kind of its prompts.</param>
/// <param name="Prompts">Different prompts.</param>
/// <param name="Cases">Cases.</param>
internal sealed record PlannedCategory(string Name, PromptKind Kind, int Prompts, int Cases);
