using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>What a stopping rule concluded when it stopped the run.</summary>
/// <param name="Outcome">The verdict that its evidence carries.</param>
/// <param name="Kind">The kind of prompt that it is about.</param>
/// <param name="Evidence">The evidence in one sentence, with what was needed.</param>
public sealed record EarlyVerdict(VerdictOutcome Outcome, PromptKind Kind, string Evidence);
