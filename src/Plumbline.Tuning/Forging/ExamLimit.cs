namespace Plumbline.Tuning.Forging;

/// <summary>What a gate demands of a rate.</summary>
/// <param name="Rate">The bound, from 0 to 1.</param>
/// <param name="IsUpper">The rate must not be above it; otherwise not below it.</param>
public sealed record ExamLimit(double Rate, bool IsUpper);
