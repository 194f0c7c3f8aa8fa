namespace Plumbline.Judges.Evaluation;

/// <summary>What a judge makes of items that people call neither yes nor no.</summary>
/// <param name="Yes">Called yes.</param>
/// <param name="No">Called no.</param>
public sealed record BetweenCounts(int Yes, int No);
