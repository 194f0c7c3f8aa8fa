using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Reports.Text;

/// <summary>The ratios of an outcome as figures.</summary>
public static class RatioWords
{
    /// <summary>What the paired odds ratio is.</summary>
    public const string PairedMeaning = "cases that broke for each that mended, as McNemar’s test looks at them";

    /// <summary>What the unpaired odds ratio is.</summary>
    public const string UnpairedMeaning = "as the article’s: takes the two sides as independent samples, and adds half a case to each count (Haldane–Anscombe)";

    /// <summary>Both in a sentence, for where they stand beside each other without their meaning.</summary>
    public const string Meaning = $"Paired odds ratio: {PairedMeaning}. Unpaired: {UnpairedMeaning}.";

    private const string None = "–";

    /// <summary>The paired odds ratio, how many cases broke for each that mended, and its interval; infinite where none mended. It is reckoned from the counts, so that a
    /// document of an earlier version has it too.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="rule">The rule, whose error rate the interval has.</param>
    public static (string Estimate, string Interval) Paired(OutcomeComparison outcome, DecisionRule rule)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(rule);
        return PairedOddsRatio.Of(outcome.CandidateOnly, outcome.BaselineOnly, rule.Alpha, outcome.DesignEffect) is { } odds ? Numbers.Ratio(odds) : (None, "no case changed");
    }
}
