namespace Plumbline.Suites;

/// <summary>How a part of a set was drawn: evenly over kinds and categories, by a hash of seed and prompt.</summary>
/// <param name="Taken">How many prompts.</param>
/// <param name="Of">Out of how many.</param>
/// <param name="Seed">The seed.</param>
public sealed record SuiteSample(int Taken, int Of, long Seed);
