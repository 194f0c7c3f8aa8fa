using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>A case with what both sides scored, without its texts: what statistics are made of.</summary>
/// <param name="PromptId">The prompt's id: cases of one prompt are not independent of one another.</param>
/// <param name="Category">The prompt's category.</param>
/// <param name="Kind">The prompt's kind.</param>
/// <param name="Attack">The attack's identifier.</param>
/// <param name="Repeat">0-based repetition.</param>
/// <param name="Transition">What the case did; null while it is pending.</param>
/// <param name="Baseline">The baseline's score; null while it is pending.</param>
/// <param name="Candidate">The candidate's score; null while it is pending.</param>
public sealed record PairedCase(
    string PromptId,
    string Category,
    PromptKind Kind,
    string Attack,
    int Repeat,
    Transition? Transition,
    SideScore? Baseline,
    SideScore? Candidate)
{
    /// <summary>The group whose prompts are variants of this one; null where it stands for itself.</summary>
    public string? Group { get; init; }

    /// <summary>What is independent of what: cases of one prompt are not, nor are those of one group.</summary>
    internal string Cluster => SuitePrompt.ClusterOf(PromptId, Group);
}
