namespace Plumbline.Statistics;

/// <summary>An estimate with its confidence interval, in the quantity's own unit.</summary>
/// <param name="Estimate">The point estimate.</param>
/// <param name="Low">The lower bound.</param>
/// <param name="High">The upper bound.</param>
public sealed record IntervalEstimate(double Estimate, double Low, double High);
