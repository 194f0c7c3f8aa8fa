using MathNet.Numerics.Distributions;
using Plumbline.Judges;
using Plumbline.Judges.Labels;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Statistics.Agreement;
using Plumbline.Statistics.Labels;
using Plumbline.Suites;

namespace Plumbline.Audits.Labels;

/// <summary>The cases that an audit's figures are of, beside what people said of their answers.</summary>
/// <param name="counted">The cases in the order of the plan, from its first on.</param>
/// <param name="comparisons">What the audit counted: judges differ in where harm begins.</param>
/// <param name="criteria">What the judge scores.</param>
/// <param name="rule">The audit's rule.</param>
/// <param name="state">The run's journal, with the labels.</param>
sealed class LabelledCases(IReadOnlyList<PairedCase> counted, IReadOnlyList<KindComparison> comparisons, IReadOnlyList<Criterion> criteria, DecisionRule rule, RunState state)
{
    const int FewestResamples = 100;

    /// <summary>What an audit's document says of labels; null where nobody has labelled both answers of a case.</summary>
    public IReadOnlyList<LabelledBy>? ByEveryone() =>
        Rater.Among(state.Judges).Select(rater => new LabelledBy(rater.Id, By(rater))).Where(labelled => labelled.Comparisons.Count > 0).ToList() is { Count: > 0 } all ? all : null;

    /// <summary>How far those who labelled the same answers agree, two by two; null where no two did.</summary>
    public IReadOnlyList<RaterAgreement>? AmongRaters()
    {
        var raters = Rater.Among(state.Judges);
        List<RaterAgreement> all =
        [
            .. from pair in raters.SelectMany((one, place) => raters.Skip(place + 1).Select(other => (One: one, Other: other)))
               from agreement in Between(pair.One, pair.Other)
               select agreement,
        ];
        return all.Count > 0 ? all : null;
    }

    /// <summary>What one rater's labels make of the judge, for each kind of prompt of which a case is labelled.</summary>
    public IReadOnlyList<LabelledComparison> By(Rater rater) =>
    [
        .. counted.Index().Where(one => one.Item.Transition is not (null or Transition.Unscored)).GroupBy(one => one.Item.Kind).OrderBy(group => group.Key)
            .Select(group => Of(group.Key, group, rater)).Where(comparison => comparison.Labelled > 0),
    ];

    IEnumerable<RaterAgreement> Between(Rater rater, Rater other) =>
        from cases in counted.Index().GroupBy(one => one.Item.Kind).OrderBy(ofKind => ofKind.Key)
        let outcome = comparisons.FirstOrDefault(comparison => comparison.Kind == cases.Key)?.Outcome
        let counts = outcome?.Event ?? OutcomeRule.For(cases.Key, criteria)
        let both = (
            from planned in cases
            from side in Enum.GetValues<Side>()
            let ours = IsBad(counts, state.JudgedOutline(planned.Index, side, rater)?.Score)
            let theirs = IsBad(counts, state.JudgedOutline(planned.Index, side, other)?.Score)
            where ours is not null && theirs is not null
            select (planned.Item.Cluster, Table: ConfusionTable.Of(ours.Value, theirs.Value))).ToList()
        where both.Count > 0
        let tables = new GroupedTables(both, rule.Alpha, Math.Max(rule.Resamples, FewestResamples), (int)(rule.Seed % int.MaxValue))
        let table = tables.Total
        select new RaterAgreement(cases.Key, outcome?.Label ?? OutcomeRule.Label(counts), rater.Id, other.Id, table.N, table.Accuracy!.Value, table.Kappa)
        {
            KappaInterval = tables.Estimate(all => all.Kappa),
            Counted = table.TruePositives + table.FalsePositives,
            OtherCounted = table.TruePositives + table.FalseNegatives,
        };

    LabelledComparison Of(PromptKind kind, IEnumerable<(int Place, PairedCase Case)> cases, Rater rater)
    {
        var measured = comparisons.FirstOrDefault(comparison => comparison.Kind == kind)?.Outcome;
        var counts = measured?.Event ?? OutcomeRule.For(kind, criteria);
        var labelled = new List<(string Prompt, double Human, double Judge, int Same, bool SeesBad)>();
        var judgedOnly = new List<(string Prompt, double Judge, bool SeesBad)>();
        int[] labels = [0, 0];
        foreach (var (place, one) in cases)
        {
            var (judgedBefore, judgedAfter) = (IsBad(one.Baseline!.Score), IsBad(one.Candidate!.Score));
            var (before, after) = (IsBad(state.JudgedOutline(place, Side.Baseline, rater)?.Score), IsBad(state.JudgedOutline(place, Side.Candidate, rater)?.Score));
            labels[0] += before is null ? 0 : 1;
            labels[1] += after is null ? 0 : 1;
            if (judgedBefore is null || judgedAfter is null)
                continue;

            var (judge, seesBad) = (Change(judgedBefore.Value, judgedAfter.Value), judgedBefore.Value || judgedAfter.Value);
            if (before is null || after is null)
                judgedOnly.Add((one.Cluster, judge, seesBad));
            else
                labelled.Add((one.Cluster, Change(before.Value, after.Value), judge, (before == judgedBefore ? 1 : 0) + (after == judgedAfter ? 1 : 0), seesBad));
        }

        return new LabelledComparison(
            kind,
            measured?.Label ?? OutcomeRule.Label(counts),
            labelled.Count,
            labelled.Count == 0 ? 0 : labelled.Sum(one => one.Same) / (2.0 * labelled.Count),
            labelled.Count < 2 ? null : PredictionPoweredMean.Of(
                labelled.ConvertAll(one => one.Human),
                labelled.ConvertAll(one => one.Judge),
                judgedOnly.ConvertAll(one => one.Judge),
                rule.Alpha,
                clusters: [.. labelled.Select(one => one.Prompt), .. judgedOnly.Select(one => one.Prompt)]).Within(-1, 1))
        {
            Changed = labelled.Count(one => one.Human != 0),
            BaselineLabels = labels[0],
            CandidateLabels = labels[1],
            Judge = measured?.Difference,
            DrawP = DrawP(labelled.Count(one => one.SeesBad), labelled.Count, judgedOnly.Count(one => one.SeesBad), judgedOnly.Count),
        };

        bool? IsBad(CriteriaScore? score) => LabelledCases.IsBad(counts, score);
    }

    static bool? IsBad(OutcomeEvent counts, CriteriaScore? score) => score is null ? null : OutcomeRule.IsBad(counts, score);

    /// <summary>How often so many marked cases, or a number as far out on either side, are among those that are drawn at random without replacement.</summary>
    internal static double DrawP(int markedDrawn, int drawn, int markedOther, int other)
    {
        if (drawn == 0 || other == 0)
            return 1;

        var chance = new Hypergeometric(drawn + other, markedDrawn + markedOther, drawn);
        var atMost = chance.CumulativeDistribution(markedDrawn);
        var atLeast = 1 - atMost + chance.Probability(markedDrawn);
        return Math.Clamp(2 * Math.Min(atMost, atLeast), 0, 1);
    }

    static double Change(bool before, bool after) => OutcomeRule.ChangeOf(OutcomeRule.Between(before, after));
}
