namespace Plumbline.Statistics;

/// <summary>The outcome of a signed-rank test.</summary>
/// <param name="N">Pairs given, unchanged ones among them.</param>
/// <param name="Zeros">Pairs that did not change.</param>
/// <param name="RanksUp">Sum of the ranks of pairs that rose (W⁺).</param>
/// <param name="RanksDown">Sum of the ranks of pairs that fell (W⁻).</param>
/// <param name="RankBiserial">
/// The effect size: (W⁺ − W⁻) / (W⁺ + W⁻), from −1 (all fell) to 1 (all rose); 0 where nothing changed. Source: D. S. Kerby,
/// Comprehensive Psychology 3 (2014).
/// </param>
/// <param name="P">Two-sided p-value.</param>
/// <param name="IsExact">Whether it was counted over all signs, ties included; otherwise it is the normal approximation.</param>
public sealed record SignedRank(int N, int Zeros, double RanksUp, double RanksDown, double RankBiserial, double P, bool IsExact);
