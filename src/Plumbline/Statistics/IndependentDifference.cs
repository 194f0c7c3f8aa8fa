namespace Plumbline.Statistics;

/// <summary>
/// The difference of two shares of different items, by Newcombe's hybrid of two score intervals. Source: R. G. Newcombe, "Interval estimation for the
/// difference between independent proportions", Statistics in Medicine 17 (1998), method 10.
/// </summary>
public static class IndependentDifference
{
    /// <summary>
    /// <c>first − second</c>, from <c>d − √((p₁−l₁)² + (u₂−p₂)²)</c> to <c>d + √((u₁−p₁)² + (p₂−l₂)²)</c>, at the confidence of the two intervals.
    /// </summary>
    /// <param name="first">A share with its Wilson interval.</param>
    /// <param name="second">Another, of other items.</param>
    public static IntervalEstimate Of(Proportion first, Proportion second)
    {
        var difference = first.Rate - second.Rate;
        return new IntervalEstimate(
            difference,
            difference - Math.Sqrt(Square(first.Rate - first.Low) + Square(second.High - second.Rate)),
            difference + Math.Sqrt(Square(first.High - first.Rate) + Square(second.Rate - second.Low)));
    }

    static double Square(double value) => value * value;
}
