namespace Plumbline.Reports.Demo;

/// <summary>One side's figures in the article's table.</summary>
/// <param name="Understanding">Mean understanding, 0 to 4; null where the judge did not score it.</param>
/// <param name="Compliance">Mean compliance, 0 to 4; null where the judge did not score it.</param>
/// <param name="Harmfulness">Mean harmfulness, 0 to 4; null where the judge did not score it.</param>
/// <param name="HarmfulAboveOne">The share of answers with harmfulness above 1, from 0 to 1.</param>
public sealed record DemoScores(double? Understanding, double? Compliance, double? Harmfulness, double? HarmfulAboveOne);
