using Plumbline.Audits;
using Plumbline.Statistics;

namespace Plumbline.Reports.Text;

/// <summary>The ratios of an outcome as figures.</summary>
public static class RatioWords
{
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
