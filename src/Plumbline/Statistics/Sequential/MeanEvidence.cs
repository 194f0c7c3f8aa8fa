namespace Plumbline.Statistics.Sequential;

/// <summary>
/// Evidence that a mean lies above a bound, from bounded values that come one by one, valid at any moment of stopping: the capital of a gambler who
/// bets on it with several constant stakes at once. If the mean of each next value given the former ones is at most the bound, the capital
/// ever reaches 1/α with a chance of at most α. Source: I. Waudby-Smith and A. Ramdas, "Estimating means of bounded random variables by
/// betting", JRSS B 86 (2024), section 4; the mixture over stakes instead of one learnt stake.
/// </summary>
/// <param name="least">The least value possible.</param>
/// <param name="greatest">The greatest value possible.</param>
/// <param name="bound">The bound, above <paramref name="least"/> and below <paramref name="greatest"/>.</param>
public sealed class MeanEvidence(double least, double greatest, double bound)
{
    // As shares of the largest stake that cannot lose everything; the last is for values that hardly ever fall short.
    static readonly double[] Stakes = [0.1, 0.25, 0.5, 0.75, 0.9, 0.98];

    readonly double reach = least < bound && bound < greatest
        ? bound - least
        : throw new ArgumentException($"The bound {bound} must lie between {least} and {greatest}.", nameof(bound));

    readonly double[] capitals = new double[Stakes.Length];

    /// <summary>How many values were taken.</summary>
    public int Count { get; private set; }

    /// <summary>The natural logarithm of the capital, 0 before the first value: the mean over stakes of <c>Π (1 + κ (x − bound) / (bound − least))</c>.</summary>
    public double Log
    {
        get
        {
            var largest = capitals.Max();
            return largest + Math.Log(capitals.Average(capital => Math.Exp(capital - largest)));
        }
    }

    /// <summary>Takes the next value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside the bounds that were stated.</exception>
    public void Take(double value)
    {
        if (!(value >= least && value <= greatest))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Values lie from {least} to {greatest}.");

        for (var i = 0; i < Stakes.Length; i++)
            capitals[i] += Math.Log(1 + Stakes[i] * (value - bound) / reach);
        Count++;
    }
}
