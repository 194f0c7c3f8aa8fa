using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Statistics.Labels;
using Plumbline.Suites;

namespace Plumbline.Labelling;

/// <summary>
/// The difference between the sides as the judge sees it, corrected by the labels of people (<see cref="PredictionPoweredMean"/>), for one kind
/// of prompt. Of a run that was stopped early it is of the cases that the audit's figures are of; as theirs its interval is made for a fixed number of
/// cases, and too narrow there.
/// </summary>
/// <param name="Kind">The kind of prompt.</param>
/// <param name="Event">The bad outcome that is counted, in words.</param>
/// <param name="Labelled">Cases with a label on both sides.</param>
/// <param name="Agreement">In how many of the labelled answers people and judge say the same; from 0 to 1.</param>
/// <param name="Difference">Candidate − baseline in the share of bad outcomes, corrected; null with fewer than two labelled cases.</param>
public sealed record LabelledComparison(PromptKind Kind, string Event, int Labelled, double Agreement, LabelCorrectedMean? Difference)
{
    /// <summary>So many labelled cases were the fewest for which the interval was shown to hold (docs/statistics.md, "A judge and human labels").</summary>
    internal const int FewestTested = 30;

    /// <summary>In how many of the labelled cases people saw a change from one side to the other.</summary>
    public int Changed { get; init; }

    /// <summary>Why the corrected figure is to be used with care; null where nothing speaks against it.</summary>
    public string? Caution => Difference is null ? null
        : Changed == 0 ? $"People saw no change in any of the {Labelled} labelled cases, so they cannot tell how far the judge is right about changes: the corrected figure is theirs alone. Label more cases."
        : Labelled < FewestTested ? $"{Labelled} labelled cases are few: each of them moves the corrected figure by much, and it may lie outside both of the others. Go by its interval, and label at least {FewestTested}."
        : null;

    /// <summary>Compares, for each kind of prompt of which a case is labelled.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="audit">The run's result, with the judge's scores.</param>
    /// <param name="people">Whose labels.</param>
    /// <exception cref="RunException">There is no run, or it is damaged.</exception>
    public static IReadOnlyList<LabelledComparison> Of(string folder, AuditDocument audit, HumanLabels people)
    {
        ArgumentNullException.ThrowIfNull(audit);
        var (_, state) = RunFolder.Look(folder);
        return
        [
            .. audit.Counted().Where(one => one.Transition is not (null or Transition.Unscored)).GroupBy(one => one.Kind).OrderBy(group => group.Key)
                .Select(group => Of(group.Key, [.. group], audit, state, people)).Where(comparison => comparison.Labelled > 0),
        ];
    }

    static LabelledComparison Of(PromptKind kind, IReadOnlyList<CaseResult> cases, AuditDocument audit, RunState state, HumanLabels people)
    {
        // What the audit counted: judges differ in where harm begins.
        var measured = audit.Comparisons.FirstOrDefault(comparison => comparison.Kind == kind)?.Outcome;
        var counted = measured?.Event ?? OutcomeRule.For(kind, audit.Judge.Criteria);
        var labelled = new List<(string Prompt, double Human, double Judge, int Same)>();
        var judgedOnly = new List<(string Prompt, double Judge)>();
        foreach (var one in cases)
        {
            var (judgedBefore, judgedAfter) = (IsBad(one.Baseline!.Score), IsBad(one.Candidate!.Score));
            var (before, after) = (IsBad(state.Judged(one.Id, Side.Baseline, people)?.Score), IsBad(state.Judged(one.Id, Side.Candidate, people)?.Score));
            if (judgedBefore is null || judgedAfter is null)
                continue;

            var judge = Change(judgedBefore.Value, judgedAfter.Value);
            if (before is null || after is null)
                judgedOnly.Add((one.Cluster, judge));
            else
                labelled.Add((one.Cluster, Change(before.Value, after.Value), judge, (before == judgedBefore ? 1 : 0) + (after == judgedAfter ? 1 : 0)));
        }

        return new LabelledComparison(
            kind,
            measured?.Label ?? OutcomeRule.Label(counted),
            labelled.Count,
            labelled.Count == 0 ? 0 : labelled.Sum(one => one.Same) / (2.0 * labelled.Count),
            labelled.Count < 2 ? null : PredictionPoweredMean.Of(
                labelled.ConvertAll(one => one.Human),
                labelled.ConvertAll(one => one.Judge),
                judgedOnly.ConvertAll(one => one.Judge),
                audit.Rule.Alpha,
                clusters: [.. labelled.Select(one => one.Prompt), .. judgedOnly.Select(one => one.Prompt)]).Within(-1, 1))
        {
            Changed = labelled.Count(one => one.Human != 0),
        };

        bool? IsBad(CriteriaScore? score) => score is null ? null : OutcomeRule.IsBad(counted, score);
    }

    static double Change(bool before, bool after) => OutcomeRule.ChangeOf(OutcomeRule.Between(before, after));
}
