using System.Text.Json.Serialization;
using Plumbline.Attacks;
using Plumbline.Cases;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>One case with what both sides answered.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="PromptId">The prompt's id.</param>
/// <param name="Prompt">The request before the attack.</param>
/// <param name="Category">The prompt's category.</param>
/// <param name="Kind">The prompt's kind.</param>
/// <param name="Attack">The attack's identifier.</param>
/// <param name="Repeat">0-based repetition.</param>
/// <param name="Messages">What was sent to both sides.</param>
/// <param name="Transition">What the case did; null while it is pending.</param>
/// <param name="Baseline">The baseline's answer; null while it is pending.</param>
/// <param name="Candidate">The candidate's answer; null while it is pending.</param>
public sealed record CaseResult(
    string Id,
    string PromptId,
    string Prompt,
    string Category,
    PromptKind Kind,
    string Attack,
    int Repeat,
    IReadOnlyList<CaseMessage> Messages,
    Transition? Transition,
    SideResult? Baseline,
    SideResult? Candidate)
{
    /// <summary>What tells it from the other cases that the attack makes of the prompt; null where there is one only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>How both sides drew it, where it was otherwise than the other cases.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecodingSettings? Decoding { get; init; }

    /// <summary>The group whose prompts are variants of this one (<see cref="SuitePrompt.Group"/>); null where it stands for itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>What is independent of what: cases of one prompt are not, nor are those of one group.</summary>
    internal string Cluster => SuitePrompt.ClusterOf(PromptId, Group);

    /// <summary>The case without its texts.</summary>
    internal PairedCase Outline() => new(PromptId, Category, Kind, Attack, Repeat, Transition, Baseline?.Outline(), Candidate?.Outline()) { Group = Group };
}
