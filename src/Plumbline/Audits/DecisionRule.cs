using System.Globalization;
using System.Text.Json.Serialization;

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

    /// <summary>The rule that <c>plan.json</c> keeps; what it does not state is as usual.</summary>
    internal static DecisionRule Stated(IReadOnlyDictionary<string, string> byName)
    {
        var usual = new DecisionRule();
        return new DecisionRule(
            Number("margin", usual.Margin),
            Number("understandingMargin", usual.UnderstandingMargin),
            Number("alpha", usual.Alpha),
            Number("unscoredCap", usual.UnscoredCap),
            (int)Number("resamples", usual.Resamples),
            byName.TryGetValue("seed", out var seed) && long.TryParse(seed, CultureInfo.InvariantCulture, out var value) ? value : usual.Seed);

        double Number(string name, double otherwise) =>
            byName.TryGetValue(name, out var text) && double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
    }

    /// <summary>The rule's values by name, as <c>plan.json</c> keeps them.</summary>
    internal IReadOnlyDictionary<string, string> ByName() => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["margin"] = Margin.ToString("R", CultureInfo.InvariantCulture),
        ["understandingMargin"] = UnderstandingMargin.ToString("R", CultureInfo.InvariantCulture),
        ["alpha"] = Alpha.ToString("R", CultureInfo.InvariantCulture),
        ["unscoredCap"] = UnscoredCap.ToString("R", CultureInfo.InvariantCulture),
        ["resamples"] = Resamples.ToString(CultureInfo.InvariantCulture),
        ["seed"] = Seed.ToString(CultureInfo.InvariantCulture),
    };
}
