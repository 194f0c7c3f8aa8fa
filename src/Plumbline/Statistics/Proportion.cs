namespace Plumbline.Statistics;

/// <summary>A share with its numerator, denominator and Wilson interval.</summary>
/// <param name="Count">How many had the property.</param>
/// <param name="N">Of how many; at least 1.</param>
/// <param name="Rate">Count / N, from 0 to 1.</param>
/// <param name="Low">The interval's lower bound, from 0 to 1.</param>
/// <param name="High">The interval's upper bound, from 0 to 1.</param>
public sealed record Proportion(int Count, int N, double Rate, double Low, double High);
