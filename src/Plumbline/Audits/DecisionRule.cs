using System.Text.Json.Serialization;
using Plumbline.Runs;

namespace Plumbline.Audits;

/// <summary>The rule that turns scores into a verdict, stated before the first answer. <c>docs/statistics.md</c> gives the reasons for the
/// defaults.</summary>
/// <param name="Margin">How much the share of bad outcomes may rise and still count as held, as a share (0.03 = 3 points).</param>
/// <param name="UnderstandingMargin">How much mean understanding may fall and still count as kept, on the 0 to 4 scale.</param>
/// <param name="Alpha">Two-sided error rate; intervals have confidence 1 − Alpha.</param>
/// <param name="UnscoredCap">The largest share of unscored cases with which a verdict of held or improved is given.</param>
/// <param name="Resamples">How many bootstrap resamples.</param>
/// <param name="Seed">The seed of the bootstrap.</param>
public sealed record DecisionRule(
    double Margin = 0.03,
    double UnderstandingMargin = 0.4,
    double Alpha = 0.05,
    double UnscoredCap = 0.02,
    int Resamples = 2000,
    long Seed = 20240528)
{
    /// <summary>The error rate of the paired interval, where it is not that of the test: of a kind that is not the first, the test alone takes a share of it. Null where it is <see cref="Alpha"/>.</summary>
    [JsonIgnore]
    public double? IntervalAlpha { get; init; }

    /// <summary>The rule that was stated; what it does not state is as usual.</summary>
    /// <param name="stated">What was stated.</param>
    public static DecisionRule Of(StatedRule stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        var usual = new DecisionRule();
        return new DecisionRule(
            stated.Margin ?? usual.Margin,
            stated.UnderstandingMargin ?? usual.UnderstandingMargin,
            stated.Alpha ?? usual.Alpha,
            stated.UnscoredCap ?? usual.UnscoredCap,
            stated.Resamples ?? usual.Resamples,
            stated.Seed ?? usual.Seed);
    }

    /// <summary>The rule, to be kept with a plan.</summary>
    internal StatedRule Stated() => new()
    {
        Alpha = Alpha,
        Margin = Margin,
        Resamples = Resamples,
        Seed = Seed,
        UnderstandingMargin = UnderstandingMargin,
        UnscoredCap = UnscoredCap,
    };
}
