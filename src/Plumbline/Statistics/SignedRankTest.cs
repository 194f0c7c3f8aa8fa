using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// Wilcoxon's signed-rank test for a shift in paired scores. Source: F. Wilcoxon, "Individual comparisons by ranking methods", Biometrics
/// Bulletin 1 (1945); with ties, the distribution is that of the mid-ranks at hand under random signs (Hollander and Wolfe, "Nonparametric
/// Statistical Methods", section 3.1).
/// </summary>
public static class SignedRankTest
{
    /// <summary>Up to so many additions the distribution is counted exactly: about 200 changed pairs. Beyond, it is normal to all digits that
    /// matter.</summary>
    const long ExactWork = 10_000_000;

    /// <summary>
    /// Ranks the sizes of the differences (ties get their mean rank) and asks how often random signs would give rank sums at least as
    /// unlike. Exact for up to about 200 changed pairs, whatever the ties; above that the normal approximation
    /// <c>z = (W⁺ − Σr/2) / √(Σr²/4)</c>, whose variance is corrected for ties and zeros because it is taken from the ranks at hand. No
    /// continuity correction. Differences of 0 are left out before ranking, as Wilcoxon does; where nothing changed, p is 1.
    /// </summary>
    /// <param name="differences">One a pair, candidate − baseline; pairs must be independent of one another.</param>
    /// <exception cref="ArgumentException">A difference is not a number.</exception>
    public static SignedRank Of(IReadOnlyList<double> differences)
    {
        if (differences.Any(double.IsNaN))
            throw new ArgumentException("A difference that is not a number has no rank.", nameof(differences));

        // Mid-ranks are halves: doubled, they are whole, and sums of them can be counted.
        var ranked = DoubledRanks(differences);
        var up = ranked.Where(rank => rank.IsUp).Sum(rank => (long)rank.Doubled);
        var all = ranked.Sum(rank => (long)rank.Doubled);
        var unchanged = differences.Count(difference => difference == 0);
        if (all == 0)
            return new SignedRank(differences.Count, unchanged, 0, 0, 0, 1, IsExact: true);

        var isExact = all * ranked.Count <= ExactWork;
        var p = isExact ? ExactP(ranked, up, all) : NormalP(ranked, up, all);
        return new SignedRank(differences.Count, unchanged, up / 2.0, (all - up) / 2.0, (2.0 * up - all) / all, p, isExact);
    }

    static List<(int Doubled, bool IsUp)> DoubledRanks(IReadOnlyList<double> differences)
    {
        var ranks = new List<(int Doubled, bool IsUp)>();
        var before = 0;
        foreach (var tie in differences.Where(difference => difference != 0).GroupBy(Math.Abs).OrderBy(group => group.Key))
        {
            var alike = tie.ToList();
            var doubled = 2 * before + alike.Count + 1;
            before += alike.Count;
            ranks.AddRange(alike.Select(difference => (doubled, difference > 0)));
        }

        return ranks;
    }

    static double ExactP(List<(int Doubled, bool IsUp)> ranks, long up, long all)
    {
        var chances = new double[all + 1];
        chances[0] = 1;
        long reach = 0;
        foreach (var (rank, _) in ranks)
        {
            reach += rank;
            for (var sum = reach; sum >= 0; sum--)
                chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
        }

        // As far from the middle, all / 2, as what was seen.
        var distance = Math.Abs(2 * up - all);
        double p = 0;
        for (long sum = 0; sum <= all; sum++)
        {
            if (Math.Abs(2 * sum - all) >= distance)
                p += chances[sum];
        }

        return Math.Min(1, p);
    }

    static double NormalP(List<(int Doubled, bool IsUp)> ranks, long up, long all)
    {
        var deviation = Math.Sqrt(ranks.Sum(rank => (double)rank.Doubled * rank.Doubled) / 4);
        return Math.Min(1, 2 * Normal.CDF(0, 1, -Math.Abs(up - all / 2.0) / deviation));
    }
}
