using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// The exact test for a change in paired yes/no outcomes. Source: Q. McNemar, Psychometrika 12 (1947), with the binomial
/// distribution instead of the χ² approximation, as R's <c>binom.test(b, b + c)</c>.
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
}
