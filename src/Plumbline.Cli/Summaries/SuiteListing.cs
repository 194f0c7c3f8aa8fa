using System.Text.Json.Serialization;
using Plumbline.Suites;

namespace Plumbline.Cli.Summaries;

/// <summary>A suite as <c>plumb suites list | show</c> tell it.</summary>
/// <param name="Facts">Name, version, hash, size, and where it comes from.</param>
/// <param name="Description">What it is for; null for a file.</param>
/// <param name="Groups">How many prompts of each kind and category, in the suite's order.</param>
/// <param name="Attacks">The attacks that its harmful prompts are asked with, where the user names none; empty where it has no harmful prompt.</param>
internal sealed record SuiteListing(SuiteFacts Facts, string? Description, IReadOnlyList<SuiteGroup> Groups, IReadOnlyList<string> Attacks)
{
    /// <summary>Every prompt; only where they are asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SuitePrompt>? Prompts { get; init; }

    public static SuiteListing Of(Suite suite, string? description) => new(
        suite.Facts,
        description,
        [.. suite.Prompts.CountBy(prompt => (prompt.Kind, prompt.Category)).Select(group => new SuiteGroup(group.Key.Kind, group.Key.Category, group.Value))],
        suite.HasHarmful ? suite.Attacks : []);
}
