using Plumbline.Judges;

namespace Plumbline.Audits;

/// <summary>What one side's answer to a case was given.</summary>
/// <param name="Score">The scores; null where unscored.</param>
/// <param name="Unscored">Why there is no score; null where there is one.</param>
/// <param name="IsRetried">Whether attempts failed before the answer came, as far as the client tells.</param>
/// <param name="IsCut">Whether the answer was cut off at the token limit.</param>
public sealed record SideScore(CriteriaScore? Score, UnscoredReason? Unscored, bool IsRetried = false, bool IsCut = false);
