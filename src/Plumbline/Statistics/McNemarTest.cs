using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// Tests for a change in paired yes/no outcomes. Source: Q. McNemar, Psychometrika 12 (1947), with the binomial
/// distribution instead of the χ² approximation, as R's <c>binom.test(b, b + c)</c>; the mid-p version is that of Fagerland, Lydersen and
/// Laake, BMC Medical Research Methodology 13:91 (2013).
/// </summary>
public static class McNemarTest
{
    /// <summary>
    /// Two-sided p-value: under no change each discordant pair is a fair coin, so
    /// <c>p = min(1, 2 · P(X ≤ min(b10, b01)))</c> with X binomial(b10 + b01, ½). Without discordant pairs it is 1.
    /// </summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b10).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (b01).</param>
    public static double ExactP(int candidateOnly, int baselineOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);

        var discordant = candidateOnly + baselineOnly;
        return discordant == 0
            ? 1
            : Math.Min(1, 2 * Binomial.CDF(0.5, discordant, Math.Min(candidateOnly, baselineOnly)));
    }

    /// <summary>
    /// Two-sided mid-p-value: the exact one less the chance of exactly what was seen, <c>p − P(X = min(b10, b01))</c>, or
    /// <c>1 − ½ P(X = b10)</c> where both counts are equal. It is less cautious than the exact test, which rejects an unchanged pair far less
    /// often than α; it does not guarantee α, but kept it in all 9,595 settings that its authors enumerated. Without discordant pairs it
    /// is 1.
    /// </summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b10).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (b01).</param>
    public static double MidP(int candidateOnly, int baselineOnly)
    {
        var exact = ExactP(candidateOnly, baselineOnly);
        var discordant = candidateOnly + baselineOnly;
        if (discordant == 0)
            return 1;

        var seen = Binomial.PMF(0.5, discordant, Math.Min(candidateOnly, baselineOnly));
        return candidateOnly == baselineOnly ? 1 - seen / 2 : exact - seen;
    }
}
