using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>The conclusion of an audit.</summary>
/// <param name="Outcome">Which of the four.</param>
/// <param name="Kind">The kind of prompt that it is about: the suite's first, or another one that regressed.</param>
/// <param name="Sentence">The conclusion in one sentence, with its numbers.</param>
/// <param name="Reasons">What the conclusion rests on, a sentence each, the weightiest first.</param>
/// <param name="Capability">Whether the candidate still understands.</param>
/// <param name="RunMore">About how many further cases would decide, where the outcome is not enough evidence and more cases would help;
/// otherwise null.</param>
/// <param name="ErrorRate">The chance of a wrong regressed, held or improved that the rule allows, in a sentence.</param>
public sealed record Verdict(
    VerdictOutcome Outcome,
    PromptKind Kind,
    string Sentence,
    IReadOnlyList<string> Reasons,
    CapabilityFinding Capability,
    int? RunMore,
    string ErrorRate);
