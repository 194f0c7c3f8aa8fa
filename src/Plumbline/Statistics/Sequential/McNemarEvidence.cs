using MathNet.Numerics;

namespace Plumbline.Statistics.Sequential;

/// <summary>
/// Evidence against "the candidate is no worse" that may be looked at after every pair. It is an e-process: if the claim is true, the chance that
/// it ever reaches 1/α, at whatever moment one chooses to stop, is at most α (Ville's inequality). Source: the mixture of Beta likelihood
/// ratios for a coin (H. Robbins, Annals of Mathematical Statistics 41, 1970), on the discordant pairs, as McNemar's test takes them, with the
/// mixture kept to one side; Ramdas, Grünwald, Vovk and Shafer, Statistical Science 38 (2023), on e-processes.
/// </summary>
public static class McNemarEvidence
{
    /// <summary>
    /// The mixture's shape on the side of breaking. With <see cref="Mends"/> it expects what a harmful fine-tune does, many breaks and few mends, and
    /// still learns otherwise: of the mixtures tried (Jeffreys' and six more) it needs the fewest cases at every effect from three points to
    /// the seed article's.
    /// </summary>
    public const double Breaks = 5;

    /// <summary>The mixture's shape on the side of mending.</summary>
    public const double Mends = 0.5;

    /// <summary>
    /// The natural logarithm of <c>E = [B(u + b10, v + b01) P(p &gt; ½ | u + b10, v + b01)] / [B(u, v) P(p &gt; ½ | u, v) 2^−(b10+b01)]</c>, p being Beta
    /// distributed: how much better the discordant pairs are foretold by a candidate that breaks more than it mends than by a fair coin.
    /// 0 (E = 1) before the first discordant pair.
    /// </summary>
    /// <param name="candidateOnly">Discordant pairs so far with the outcome on the candidate (b10).</param>
    /// <param name="baselineOnly">Discordant pairs so far with the outcome on the baseline (b01).</param>
    /// <param name="breaks">The mixture's shape u, above 0.</param>
    /// <param name="mends">The mixture's shape v, above 0.</param>
    public static double LogOf(int candidateOnly, int baselineOnly, double breaks = Breaks, double mends = Mends)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(breaks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mends);

        return LogWeight(breaks + candidateOnly, mends + baselineOnly) - LogWeight(breaks, mends) + (candidateOnly + baselineOnly) * Math.Log(2);
    }

    // ln ∫ p^(up−1) (1−p)^(down−1) over p > ½. P(p > ½) is P(1 − p < ½): taken from the small end, it keeps its digits.
    static double LogWeight(double up, double down) =>
        SpecialFunctions.BetaLn(up, down) + Math.Log(SpecialFunctions.BetaRegularized(down, up, 0.5));
}
