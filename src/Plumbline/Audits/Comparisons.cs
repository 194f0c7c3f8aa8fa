using System.Runtime.InteropServices;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Statistics;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>Turns finished cases into figures.</summary>
static class Comparisons
{
    /// <summary>Everything about the prompts of one kind.</summary>
    public static KindComparison OfKind(PromptKind kind, IReadOnlyList<PairedCase> cases, IJudge judge, DecisionRule rule)
    {
        var counted = OutcomeRule.For(kind, judge.Criteria, judge.HarmCut);
        return OfKind(kind, cases, counted, OutcomeRule.Label(counted, judge.HarmCut), rule);
    }

    /// <summary>Everything about the prompts of one kind, with what is counted as bad and what that is called.</summary>
    public static KindComparison OfKind(PromptKind kind, IReadOnlyList<PairedCase> cases, OutcomeEvent counted, string label, DecisionRule rule)
    {
        var pairs = Scored(cases);
        return new KindComparison(
            kind,
            Counts(cases),
            [.. Enum.GetValues<Criterion>().Select(criterion => OfCriterion(criterion, pairs, rule)).OfType<CriterionComparison>()],
            pairs.Count == 0 ? null : OfOutcome(counted, pairs, rule) with { Label = label },
            Transitions(cases),
            OfGroups(cases.GroupBy(result => result.Attack, StringComparer.Ordinal), counted, rule),
            OfGroups(cases.GroupBy(result => result.Category, StringComparer.Ordinal), counted, rule))
        {
            Missing = Missing(counted, cases),
            WorstCase = WorstCaseOf(cases, rule),
            Clusters = Clusters(cases),
        };
    }

    /// <summary>
    /// One kind's cases with another event counted than the document's: a case whose judge gave no score on what this event is about is
    /// unscored here.
    /// </summary>
    public static KindComparison OfEvent(PromptKind kind, OutcomeEvent counted, IEnumerable<PairedCase> cases, DecisionRule rule)
    {
        var recounted = Recount(counted, cases);
        var pairs = Scored(recounted);
        return new KindComparison(kind, Counts(recounted), [], pairs.Count == 0 ? null : OfOutcome(counted, pairs, rule), Transitions(recounted), [], [])
        {
            WorstCase = WorstCaseOf(recounted, rule),
        };
    }

    /// <summary>Cases with what they did by another event.</summary>
    public static List<PairedCase> Recount(OutcomeEvent counted, IEnumerable<PairedCase> cases) =>
        [.. cases.Select(one => one with { Transition = MovedBy(counted, one) })];

    /// <summary>What a case did by an event; null while it is pending.</summary>
    public static Transition? MovedBy(OutcomeEvent counted, PairedCase one)
    {
        if (one.Baseline is null || one.Candidate is null)
            return null;

        return IsBad(one.Baseline) is { } before && IsBad(one.Candidate) is { } after ? OutcomeRule.Between(before, after) : Transition.Unscored;

        bool? IsBad(SideScore side) => side.Score is { } score ? OutcomeRule.IsBad(counted, score) : null;
    }

    /// <summary>Where cases stand, and why answers have no score. They are gone through once, and none is held.</summary>
    public static CaseCounts Counts(IEnumerable<PairedCase> cases)
    {
        var (scored, unscored, pending) = (0, 0, 0);
        var reasons = new SortedDictionary<(Side Side, UnscoredReason Reason), int>();
        foreach (var one in cases)
        {
            _ = one.Transition switch { null => pending++, Transition.Unscored => unscored++, _ => scored++ };
            // Answers of pending cases are in it too: their reason is known already.
            Note(Side.Baseline, one.Baseline);
            Note(Side.Candidate, one.Candidate);
        }

        return new CaseCounts(scored + unscored + pending, scored, unscored, pending, [.. reasons.Select(one => new UnscoredCount(one.Key.Side, one.Key.Reason, one.Value))]);

        void Note(Side side, SideScore? score)
        {
            if (score?.Unscored is { } reason)
                reasons[(side, reason)] = reasons.GetValueOrDefault((side, reason)) + 1;
        }
    }

    /// <summary>One criterion's means over the pairs that have it on both sides, or null where none has.</summary>
    public static CriterionComparison? OfCriterion(Criterion criterion, IReadOnlyList<PairedCase> pairs, DecisionRule rule)
    {
        var judged = pairs.Where(pair => pair.Baseline!.Score!.On(criterion) is not null && pair.Candidate!.Score!.On(criterion) is not null).ToList();
        if (judged.Count == 0)
            return null;

        var before = judged.ConvertAll(pair => (double)pair.Baseline!.Score!.On(criterion)!);
        var after = judged.ConvertAll(pair => (double)pair.Candidate!.Score!.On(criterion)!);
        var prompts = judged.ConvertAll(pair => pair.Cluster);
        var differences = judged.ConvertAll(pair => (double)pair.Candidate!.Score!.On(criterion)! - (double)pair.Baseline!.Score!.On(criterion)!);
        return new CriterionComparison(
            criterion,
            judged.Count,
            Mean(before, new Interval(0, CriteriaScore.Maximum)),
            Mean(after, new Interval(0, CriteriaScore.Maximum)),
            Mean(differences, new Interval(-CriteriaScore.Maximum, CriteriaScore.Maximum)),
            SignedRankTest.Of(MeansOfPrompts(differences, prompts)));

        IntervalEstimate Mean(IReadOnlyList<double> values, Interval scale) =>
            ClusterBootstrap.Mean(values, prompts, scale, rule.Alpha, rule.Resamples, rule.Seed);
    }

    /// <summary>The pairs among the cases.</summary>
    public static IReadOnlyList<PairedCase> Scored(IReadOnlyList<PairedCase> cases) =>
        cases.All(IsScored) ? cases : [.. cases.Where(IsScored)];

    // Where every prompt stands for itself, the prompts are the clusters, and nothing needs to be said.
    static int? Clusters(IReadOnlyList<PairedCase> cases) =>
        cases.Any(one => one.Group is not null) ? cases.Select(one => one.Cluster).Distinct(StringComparer.Ordinal).Count() : null;

    static bool IsScored(PairedCase one) => !IsMissing(one);

    static List<double> MeansOfPrompts(List<double> values, List<string> prompts)
    {
        var sums = new Dictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            ref var prompt = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, prompts[i], out _);
            prompt = (prompt.Sum + values[i], prompt.Count + 1);
        }

        return [.. sums.Values.Select(prompt => prompt.Sum / prompt.Count)];
    }

    static OutcomeComparison OfOutcome(OutcomeEvent counted, IReadOnlyList<PairedCase> pairs, DecisionRule rule)
    {
        var table = Transitions(pairs);
        var effect = EffectOfSharing(pairs);
        return new OutcomeComparison(
            counted,
            OutcomeRule.Label(counted),
            pairs.Count,
            WilsonInterval.Of(table.Mended + table.StayedBroken, pairs.Count, rule.Alpha),
            WilsonInterval.Of(table.Broke + table.StayedBroken, pairs.Count, rule.Alpha),
            PairedDifference.Of(table.Broke, table.Mended, pairs.Count, rule.Alpha, effect),
            effect,
            OddsRatio.Of(table.Broke + table.StayedBroken, table.Mended + table.StayedBroken, pairs.Count, rule.Alpha),
            table.Broke,
            table.Mended,
            McNemarTest.ExactP(table.Broke, table.Mended),
            PromptP(pairs),
            McNemarTest.MidP(table.Broke, table.Mended),
            NewcombePairedInterval.Of(table.StayedBroken, table.Broke, table.Mended, table.Held, rule.Alpha),
            // Infinity is no JSON, and no figure to act on.
            table.Mended + table.StayedBroken == 0 ? null : RiskRatio.OfPairs(table.StayedBroken, table.Broke, table.Mended, rule.Alpha, effect))
        {
            Prompts = pairs.Select(pair => pair.Cluster).Distinct(StringComparer.Ordinal).Count(),
            PairedOddsRatio = table.Mended == 0 ? null : PairedOddsRatio.Of(table.Broke, table.Mended, rule.Alpha, effect),
            Equivalence = rule.Margin < 1 ? EquivalenceTest.OfPairedShares(table.Broke, table.Mended, pairs.Count, rule.Margin, rule.Alpha / 2, effect) : null,
        };
    }

    // A judge that has nothing to say on a whole kind, as one of refusals has on tasks, is no sign of a broken model; an empty answer is.
    static int Missing(OutcomeEvent counted, IReadOnlyList<PairedCase> cases)
    {
        var isSeen = cases.Any(one => HasSaid(one.Baseline) || HasSaid(one.Candidate));
        return cases.Count(one => IsMissing(one) && (isSeen || one.Transition is null || !IsUndecided(one.Baseline!) || !IsUndecided(one.Candidate!)));

        bool HasSaid(SideScore? side) => side?.Score is { } score && OutcomeRule.IsBad(counted, score) is not null;

        static bool IsUndecided(SideScore side) => side.Unscored is null or UnscoredReason.JudgeUndecided;
    }

    static bool IsMissing(PairedCase one) => one.Transition is null or Transition.Unscored;

    static WorstCase? WorstCaseOf(IReadOnlyList<PairedCase> cases, DecisionRule rule)
    {
        var missing = cases.Count(IsMissing);
        if (missing == cases.Count || missing <= rule.UnscoredCap * cases.Count)
            return null;

        List<PairedCase> worst = [.. cases.Select(one => IsMissing(one) ? one with { Transition = Transition.Mended } : one)];
        var table = Transitions(worst);
        return new WorstCase(PairedDifference.Of(table.Broke, table.Mended, worst.Count, rule.Alpha, EffectOfSharing(worst)), PromptP(worst));
    }

    static IReadOnlyList<GroupComparison> OfGroups(IEnumerable<IGrouping<string, PairedCase>> groups, OutcomeEvent counted, DecisionRule rule)
    {
        var all = groups.Select(group => OfGroup(group.Key, [.. group], counted, rule)).ToList();

        // Groups without a scored case were not looked at.
        var p = all.Select(group => group.PromptP).OfType<double>().ToList();
        var holm = new Queue<double>(MultipleTests.Holm(p));
        var hochberg = new Queue<double>(MultipleTests.BenjaminiHochberg(p));
        return [.. all.Select(group => group.PromptP is null ? group : group with { HolmP = holm.Dequeue(), BenjaminiHochbergP = hochberg.Dequeue() })];
    }

    static GroupComparison OfGroup(string name, IReadOnlyList<PairedCase> cases, OutcomeEvent counted, DecisionRule rule)
    {
        var pairs = Scored(cases);
        var outcome = pairs.Count == 0 ? null : OfOutcome(counted, pairs, rule);
        return new GroupComparison(name, cases.Count, outcome?.Baseline, outcome?.Candidate, outcome?.Difference, Transitions(cases), outcome?.PromptP);
    }

    // Prompts without a change in any case say nothing here, and are most of them.
    static double PromptP(IReadOnlyList<PairedCase> pairs)
    {
        var changes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var pair in pairs.Where(pair => Change(pair) != 0))
            CollectionsMarshal.GetValueRefOrAddDefault(changes, pair.Cluster, out _) += Change(pair);
        return SignFlipTest.ExactP(changes.Values);
    }

    static double EffectOfSharing(IReadOnlyList<PairedCase> pairs) => DesignEffect.OfChanges(
        [.. pairs.Select(pair => (double)Change(pair))],
        [.. pairs.Select(pair => pair.Cluster)],
        [.. pairs.Select(pair => pair.Attack)]);

    static int Change(PairedCase pair) => OutcomeRule.ChangeOf(pair.Transition);

    static TransitionTable Transitions(IReadOnlyList<PairedCase> cases)
    {
        return new TransitionTable(
            Count(Transition.Held),
            Count(Transition.Broke),
            Count(Transition.Mended),
            Count(Transition.StayedBroken),
            Count(Transition.Unscored));

        int Count(Transition transition) => cases.Count(result => result.Transition == transition);
    }
}
