namespace Plumbline.Statistics;

/// <summary>The outcome of two one-sided tests against a margin.</summary>
/// <param name="NotLowerP">One-sided p-value of "the difference is −margin or less": small where a fall by the margin is ruled out.</param>
/// <param name="NotHigherP">One-sided p-value of "the difference is +margin or more": small where a rise by the margin is ruled out
/// (non-inferiority).</param>
/// <param name="P">The larger of the two: the p-value of "not equivalent".</param>
/// <param name="Difference">The difference with its interval at confidence 1 − 2α, which lies inside ± margin just where P &lt; α.</param>
/// <param name="IsEquivalent">Whether P &lt; α.</param>
public sealed record Equivalence(double NotLowerP, double NotHigherP, double P, IntervalEstimate Difference, bool IsEquivalent);
