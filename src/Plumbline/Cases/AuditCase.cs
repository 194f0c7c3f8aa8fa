using System.Text.Json.Serialization;
using Plumbline.Attacks;
using Plumbline.Suites;

namespace Plumbline.Cases;

/// <summary>Prompt × attack × repeat: the unit that is run, judged, journaled, resumed and paired.</summary>
/// <param name="Id">First 16 hex digits of the SHA-256 of prompt, attack, repeat, messages and what makes it a variant: content names it, not its position.</param>
/// <param name="Prompt">The prompt before the attack.</param>
/// <param name="Attack">The attack's identifier.</param>
/// <param name="Repeat">0-based number of the repetition.</param>
/// <param name="Messages">What is sent, the same bytes to both sides.</param>
public sealed record AuditCase(string Id, SuitePrompt Prompt, string Attack, int Repeat, IReadOnlyList<CaseMessage> Messages)
{
    /// <summary>What tells it from the other cases that the attack makes of the prompt; null where there is one only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    /// <summary>How it is drawn otherwise than the plan says; null for as the plan says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DecodingSettings? Decoding { get; init; }
}
