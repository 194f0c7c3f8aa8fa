using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Statistics;

namespace Plumbline.Audits;

/// <summary>
/// One side's answers that came only after failed attempts, beside the others. Whoever asks again until an answer comes may choose among answers
/// without meaning to: where both groups differ beyond chance, the failures have to do with what was asked.
/// </summary>
/// <param name="Side">The side.</param>
/// <param name="Retried">Answers that came after failed attempts.</param>
/// <param name="Bad">The share of bad outcomes among those of them with a score; null where none has one.</param>
/// <param name="OthersBad">The same of the answers that came at once.</param>
/// <param name="Difference">The first share less the second, with its interval; null where either is.</param>
public sealed record RetriedAnswers(Side Side, int Retried, Proportion? Bad, Proportion? OthersBad, IntervalEstimate? Difference)
{
    /// <summary>Both sides, as far as any of their answers is such a one; null where none is.</summary>
    internal static IReadOnlyList<RetriedAnswers>? Of(IReadOnlyList<PairedCase> pairs, IJudge judge, DecisionRule rule)
    {
        var sides = Enum.GetValues<Side>().Select(side => OfSide(side, pairs, judge, rule)).Where(of => of.Retried > 0).ToList();
        return sides.Count == 0 ? null : sides;
    }

    static RetriedAnswers OfSide(Side side, IReadOnlyList<PairedCase> pairs, IJudge judge, DecisionRule rule)
    {
        var answers = pairs
            .Select(pair => (pair.Kind, Score: side == Side.Baseline ? pair.Baseline : pair.Candidate))
            .Where(answer => answer.Score is not (null or { Unscored: UnscoredReason.CallFailed }))
            .ToList();
        var bad = Share(answer => answer.IsRetried);
        var othersBad = Share(answer => !answer.IsRetried);
        return new RetriedAnswers(
            side,
            answers.Count(answer => answer.Score!.IsRetried),
            bad,
            othersBad,
            bad is null || othersBad is null ? null : IndependentDifference.Of(bad, othersBad));

        Proportion? Share(Func<SideScore, bool> belongs)
        {
            var outcomes = answers
                .Where(answer => belongs(answer.Score!) && answer.Score!.Score is not null)
                .Select(answer => OutcomeRule.IsBad(OutcomeRule.For(answer.Kind, judge.Criteria, judge.HarmCut), answer.Score!.Score!)!.Value)
                .ToList();
            return outcomes.Count == 0 ? null : WilsonInterval.Of(outcomes.Count(isBad => isBad), outcomes.Count, rule.Alpha);
        }
    }
}
