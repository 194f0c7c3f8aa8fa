using MathNet.Numerics.Distributions;

namespace Plumbline.Statistics.Labels;

/// <summary>A mean that a cheap judge measured and human labels corrected.</summary>
/// <param name="Mean">The corrected mean with its interval.</param>
/// <param name="Weight">How much the judge was trusted (λ), 0 to 1: at 0 only the human labels count.</param>
/// <param name="Labelled">Items with a human label.</param>
/// <param name="JudgedOnly">Items with the judge's word alone.</param>
/// <param name="HumanOnly">The same mean from the human labels alone.</param>
/// <param name="JudgeOnly">The judge's mean over all items, without any correction: what the correction corrects.</param>
public sealed record LabelCorrectedMean(IntervalEstimate Mean, double Weight, int Labelled, int JudgedOnly, IntervalEstimate HumanOnly, double JudgeOnly)
{
    /// <summary>The standard error of the corrected mean: the interval reaches so many of them to each side as a t distribution with <see cref="DegreesOfFreedom"/> has.</summary>
    public double StandardError { get; init; }

    /// <summary>Labelled clusters less one, at least 1.</summary>
    public int DegreesOfFreedom { get; init; } = 1;

    /// <summary>The interval of the corrected mean at another error rate, from what it can be at least to what it can be at most.</summary>
    /// <param name="alpha">Two-sided error rate.</param>
    /// <param name="low">The least that it can be.</param>
    /// <param name="high">The most.</param>
    public Interval At(double alpha, double low, double high)
    {
        var reach = StudentT.InvCDF(0, 1, DegreesOfFreedom, 1 - alpha / 2) * StandardError;
        return new Interval(Math.Clamp(Mean.Estimate - reach, low, high), Math.Clamp(Mean.Estimate + reach, low, high));
    }

    /// <summary>The same with nothing outside what the quantity can be: the truth lies inside, so no interval holds it less often for that.</summary>
    /// <param name="low">The least that it can be.</param>
    /// <param name="high">The most.</param>
    public LabelCorrectedMean Within(double low, double high) => this with { Mean = Clamped(Mean, low, high), HumanOnly = Clamped(HumanOnly, low, high) };

    static IntervalEstimate Clamped(IntervalEstimate estimate, double low, double high) =>
        new(Math.Clamp(estimate.Estimate, low, high), Math.Clamp(estimate.Low, low, high), Math.Clamp(estimate.High, low, high));
}
