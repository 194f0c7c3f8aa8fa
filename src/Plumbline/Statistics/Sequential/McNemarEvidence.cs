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
    /// <summary>The shape a of the Beta(a, a) mixture: Jeffreys', which is quickest where one side's changes dominate.</summary>
    public const double Jeffreys = 0.5;

    /// <summary>
    /// The natural logarithm of <c>E = B(a + b10, a + b01) · P(p > ½ | b10, b01) / (B(a, a) · ½ · 2^−(b10+b01))</c>, p being Beta(a + b10, a + b01)
    /// distributed: how much better the discordant pairs are foretold by a candidate that breaks more than it mends than by a fair coin.
    /// 0 (E = 1) before the first discordant pair.
    /// </summary>
    /// <param name="candidateOnly">Discordant pairs so far with the outcome on the candidate (b10).</param>
    /// <param name="baselineOnly">Discordant pairs so far with the outcome on the baseline (b01).</param>
    /// <param name="shape">The mixture's shape a, above 0.</param>
    public static double LogOf(int candidateOnly, int baselineOnly, double shape = Jeffreys)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(candidateOnly);
        ArgumentOutOfRangeException.ThrowIfNegative(baselineOnly);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);

        var up = shape + candidateOnly;
        var down = shape + baselineOnly;
        // P(p > ½) is P(1 − p < ½): taken from the small end, it keeps its digits.
        var upperHalf = SpecialFunctions.BetaRegularized(down, up, 0.5);
        return SpecialFunctions.BetaLn(up, down) - SpecialFunctions.BetaLn(shape, shape)
            + (candidateOnly + baselineOnly + 1) * Math.Log(2)
            + Math.Log(upperHalf);
    }
}
