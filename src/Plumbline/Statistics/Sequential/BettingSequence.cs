namespace Plumbline.Statistics.Sequential;

/// <summary>
/// A confidence sequence: an interval for a mean that may be read after every value, and holds the truth at all moments together with a chance of
/// at least 1 − α. It keeps the means that no gambler got rich by betting against. Source: I. Waudby-Smith and A. Ramdas, "Estimating means of
/// bounded random variables by betting", JRSS B 86 (2024): hedged capital with the predictable plug-in stakes of section 4, and the form for
/// sampling without replacement of section 5.
/// </summary>
public sealed class BettingSequence
{
    /// <summary>The means that are tried: multiples of 1/<see cref="Steps"/> of the range.</summary>
    const int Steps = 1000;

    /// <summary>The largest stake, as a share of the one that could lose everything (the c of the paper).</summary>
    const double Truncation = 0.5;

    /// <summary>How far sums of shares may be off.</summary>
    const double Rounding = 1e-12;

    readonly double least;
    readonly double range;
    readonly double alpha;
    readonly int? population;
    readonly double[] up = new double[Steps + 1];
    readonly double[] down = new double[Steps + 1];
    readonly bool[] excluded = new bool[Steps + 1];
    double sum;
    double squares;

    /// <summary>An interval before any value: the whole range.</summary>
    /// <param name="least">The least value possible.</param>
    /// <param name="greatest">The greatest value possible.</param>
    /// <param name="alpha">The chance that the truth is outside at any time.</param>
    /// <param name="population">
    /// How many values there are in all, where they are drawn from a fixed list in random order: the interval is then for the mean of that list,
    /// and closes on it as the list is used up. Null where there is no such list: the interval is for the mean that values are drawn from.
    /// </param>
    public BettingSequence(double least, double greatest, double alpha, int? population = null)
    {
        if (!(least < greatest))
            throw new ArgumentException("The range is empty.", nameof(greatest));
        if (alpha is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "An error rate lies between 0 and 1.");
        if (population is < 1)
            throw new ArgumentOutOfRangeException(nameof(population), population, "A list holds at least one value.");

        this.least = least;
        range = greatest - least;
        this.alpha = alpha;
        this.population = population;
        Current = new Interval(least, greatest);
    }

    /// <summary>How many values were taken.</summary>
    public int Count { get; private set; }

    /// <summary>The interval now. It never grows. In the rare case, of a chance of at most α, that no mean is left, it stays as it was.</summary>
    public Interval Current { get; private set; }

    /// <summary>Takes the next value and gives the interval after it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value lies outside the range.</exception>
    /// <exception cref="InvalidOperationException">The list was used up.</exception>
    public Interval Take(double value)
    {
        var x = (value - least) / range;
        if (!(x is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"Values lie from {least} to {least + range}.");
        if (Count == population)
            throw new InvalidOperationException($"All {population} values were taken.");

        Count++;
        Bet(x, Stake());
        sum += x;
        var mean = (0.5 + sum) / (Count + 1);
        squares += (x - mean) * (x - mean);
        Narrow();
        return Current;
    }

    // √(2 ln(2/α) / (t ln(1 + t) σ̂²)), σ̂² from the values before this one and one made-up value of variance ¼.
    double Stake() => Math.Sqrt(2 * Math.Log(2 / alpha) / (Count * Math.Log(1 + Count) * ((0.25 + squares) / Count)));

    void Bet(double x, double stake)
    {
        var limit = Math.Log(1 / alpha) + Math.Log(2);
        for (var i = 0; i <= Steps; i++)
        {
            if (excluded[i])
                continue;

            var mean = (double)i / Steps;
            // Of a list, what is left must make up for what was drawn.
            if (population is { } all)
                mean = (all * mean - sum) / (all - Count + 1);
            if (mean is < -Rounding or > 1 + Rounding)
            {
                excluded[i] = true;
                continue;
            }

            mean = Math.Clamp(mean, 0, 1);
            up[i] += Math.Log(1 + Math.Min(stake, Truncation / mean) * (x - mean));
            down[i] += Math.Log(1 - Math.Min(stake, Truncation / (1 - mean)) * (x - mean));
            // Half of the capital is bet on a higher mean, half on a lower one.
            excluded[i] = Math.Max(up[i], down[i]) >= limit;
        }
    }

    void Narrow()
    {
        if (Count == population)
        {
            // Nothing is left to be uncertain of.
            Current = new Interval(least + range * sum / Count, least + range * sum / Count);
            return;
        }

        var first = Array.IndexOf(excluded, false);
        if (first < 0)
            return;

        // The truth may lie between two means that were tried.
        var last = Array.LastIndexOf(excluded, false);
        Current = new Interval(
            Math.Max(Current.Low, least + range * Math.Max(0, first - 1) / Steps),
            Math.Min(Current.High, least + range * Math.Min(Steps, last + 1) / Steps));
    }
}
