using Plumbline.Suites;

namespace Plumbline.Cases;

/// <summary>Prompt × attack × repeat: the unit that is run, judged, journaled, resumed and paired.</summary>
/// <param name="Id">First 16 hex digits of the SHA-256 of prompt, attack, repeat and messages: content names it, not its position.</param>
/// <param name="Prompt">The prompt before the attack.</param>
/// <param name="Attack">The attack's identifier.</param>
/// <param name="Repeat">0-based number of the repetition.</param>
/// <param name="Messages">What is sent, the same bytes to both sides.</param>
public sealed record AuditCase(string Id, SuitePrompt Prompt, string Attack, int Repeat, IReadOnlyList<CaseMessage> Messages);
