using Plumbline.Suites;

namespace Plumbline.Cli.Summaries;

/// <summary>How many prompts of a suite are of one kind and category.</summary>
internal sealed record SuiteGroup(PromptKind Kind, string Category, int Prompts);
