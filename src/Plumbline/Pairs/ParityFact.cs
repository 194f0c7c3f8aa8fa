namespace Plumbline.Pairs;

/// <summary>One thing that both sides must have in common for a difference to be the fine-tune's doing.</summary>
/// <param name="Name">The fact's name, such as "template".</param>
/// <param name="Baseline">Its value on the baseline; null where unknown.</param>
/// <param name="Candidate">Its value on the candidate; null where unknown.</param>
/// <param name="Equal">True where they are equal, false where they differ, null where a side does not tell.</param>
public sealed record ParityFact(string Name, string? Baseline, string? Candidate, bool? Equal);
