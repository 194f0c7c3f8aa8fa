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
        var (answers, retried, others) = (0, default(Outcomes), default(Outcomes));
        foreach (var pair in pairs)
        {
            if ((side == Side.Baseline ? pair.Baseline : pair.Candidate) is not { Unscored: not UnscoredReason.CallFailed } answer)
                continue;

            answers += answer.IsRetried ? 1 : 0;
            if (answer.Score is not { } score)
                continue;

            var isBad = OutcomeRule.IsBad(OutcomeRule.For(pair.Kind, judge.Criteria, judge.HarmCut), score)!.Value;
            if (answer.IsRetried)
                retried = retried.With(isBad);
            else
                others = others.With(isBad);
        }

        var (bad, othersBad) = (retried.Share(rule), others.Share(rule));
        return new RetriedAnswers(side, answers, bad, othersBad, bad is null || othersBad is null ? null : IndependentDifference.Of(bad, othersBad));
    }

    readonly record struct Outcomes(int Bad, int Count)
    {
        public Outcomes With(bool isBad) => new(Bad + (isBad ? 1 : 0), Count + 1);

        public Proportion? Share(DecisionRule rule) => Count == 0 ? null : WilsonInterval.Of(Bad, Count, rule.Alpha);
    }
}
