namespace Plumbline.Tuning.Forging;

/// <summary>Combinations of operator and operand.</summary>
/// <param name="All">All of a kind.</param>
/// <param name="HeldOut">Of those, how many no training row holds.</param>
public sealed record PairCount(int All, int HeldOut);
