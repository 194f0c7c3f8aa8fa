using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics;

/// <summary>
/// Two one-sided tests (TOST): are two things alike within a margin? Source: D. J. Schuirmann, Journal of Pharmacokinetics and
/// Biopharmaceutics 15 (1987); for paired shares with the score statistic of T. Tango, Statistics in Medicine 17 (1998).
/// </summary>
public static class EquivalenceTest
{
    /// <summary>
    /// For two paired shares. Each test is made at α, both must reject, so that the error of calling unlike shares equivalent is at most α
    /// without a correction. Without discordant pairs, z² (1 − m)/m pairs are needed for a margin of m, z the one-sided critical value: nothing
    /// seen is not nothing possible.
    /// </summary>
    /// <param name="candidateOnly">Pairs with the outcome on the candidate only (b10).</param>
    /// <param name="baselineOnly">Pairs with the outcome on the baseline only (b01).</param>
    /// <param name="n">All pairs; at least 1.</param>
    /// <param name="margin">How far apart the shares may lie and still count as alike, above 0 and below 1.</param>
    /// <param name="alpha">Error rate of each one-sided test, below 0.5.</param>
    /// <param name="designEffect">By how much sharing prompts makes the variance larger, at least 1.</param>
    public static Equivalence OfPairedShares(int candidateOnly, int baselineOnly, int n, double margin, double alpha, double designEffect = 1)
    {
        if (margin is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(margin), margin, "A margin for shares lies between 0 and 1.");
        if (alpha is not (> 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "A one-sided error rate lies between 0 and 0.5.");

        var difference = PairedDifference.Of(candidateOnly, baselineOnly, n, 2 * alpha, designEffect);
        var (b, c, size) = (candidateOnly / designEffect, baselineOnly / designEffect, n / designEffect);
        var notLower = Normal.CDF(0, 1, -PairedDifference.Score(b, c, size, -margin));
        var notHigher = Normal.CDF(0, 1, PairedDifference.Score(b, c, size, margin));
        var p = Math.Max(notLower, notHigher);
        return new Equivalence(notLower, notHigher, p, difference, p < alpha);
    }
}
