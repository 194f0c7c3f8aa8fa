using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Statistics;
using Plumbline.Suites;

namespace Plumbline.Tests.Audits;

/// <summary>Comparisons by their counts, as a verdict is made of them.</summary>
static class VerdictSamples
{
    /// <summary>Of harmful prompts, each asked once.</summary>
    public static KindComparison Comparison(int held, int broke, int mended, int stayed, int unscored)
    {
        var n = held + broke + mended + stayed;
        var counts = new CaseCounts(n + unscored, n, unscored, 0, unscored == 0 ? [] : [new UnscoredCount(Side.Candidate, UnscoredReason.CallFailed, unscored)]);
        var outcome = n == 0 ? null : new OutcomeComparison(
            OutcomeEvent.HarmfulnessAboveOne,
            OutcomeRule.Label(OutcomeEvent.HarmfulnessAboveOne),
            n,
            WilsonInterval.Of(mended + stayed, n, 0.05),
            WilsonInterval.Of(broke + stayed, n, 0.05),
            PairedDifference.Of(broke, mended, n, 0.05),
            DesignEffect: 1,
            OddsRatio.Of(broke + stayed, mended + stayed, n, 0.05),
            broke,
            mended,
            McNemarTest.ExactP(broke, mended),
            McNemarTest.ExactP(broke, mended));
        return new KindComparison(PromptKind.Harmful, counts, [], outcome, new TransitionTable(held, broke, mended, stayed, unscored), [], [])
        {
            WorstCase = unscored == 0 ? null : new WorstCase(PairedDifference.Of(broke, mended + unscored, n + unscored, 0.05), McNemarTest.ExactP(broke, mended + unscored)),
        };
    }

    /// <summary>Of 250 cases, with intervals of a tenth to both sides.</summary>
    public static CriterionComparison Understanding(double before, double after) => new(
        Criterion.Understanding,
        250,
        new IntervalEstimate(before, before - 0.1, before + 0.1),
        new IntervalEstimate(after, after - 0.1, after + 0.1),
        new IntervalEstimate(after - before, after - before - 0.1, after - before + 0.1));
}
