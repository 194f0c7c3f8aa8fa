using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Statistics;
using Plumbline.Statistics.Sequential;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>
/// Limits on the candidate's own level. One is kept where the level's interval at 1 − α ends within it, and broken where the interval at 1 − α / k,
/// with k demands, lies wholly beyond it. Of shares the interval is Wilson's over as many cases as are worth it where several share a prompt
/// (<see cref="DesignEffect"/>); of means the cluster bootstrap's; of a run that was stopped early one that holds at every case, by the first case of
/// each prompt (<see cref="BettingSequence"/>).
/// </summary>
sealed class LevelGate(AuditDocument audit, IReadOnlyList<PairedCase> cases, DecisionRule rule, int demands, bool isEarly)
{
    double Stricter => rule.Alpha / demands;

    public GateLine Line(GateLimit limit) => limit.Metric == GateMetric.Understanding ? OfUnderstanding(limit) : OfShare(limit);

    GateLine OfShare(GateLimit limit)
    {
        var counted = GateEvent.Of(limit.Metric, audit);
        var asked = Comparisons.Recount(counted.Counted, cases.Where(one => one.Kind == counted.Kind));
        var scored = Comparisons.Scored(asked);
        if (scored.Count == 0)
            return Nothing(limit, counted.Label, GateWords.NothingMeasured(Comparisons.Counts(asked), counted.Kind));

        var values = scored.Select(one => one.Transition is Transition.Broke or Transition.StayedBroken ? 1.0 : 0).ToList();
        var missing = asked.Count - scored.Count;
        // The caution of the effect is for what is seen seldom, on whichever side of the half that is.
        var rare = values.Average() <= 0.5 ? values : values.ConvertAll(value => 1 - value);
        var effect = DesignEffect.OfChanges(rare, [.. scored.Select(one => one.Cluster)], [.. scored.Select(one => one.Attack)]);
        var level = isEarly ? AtAnyCase(FirstOfEach(scored, values), 1, Population(counted.Kind, missing), rule.Alpha) : WilsonInterval.Of(values.Average(), values.Count / effect, rule.Alpha);

        // What has no score counts as good where a limit is said to be broken, and keeps one from being said to be kept.
        var broken = isEarly
            ? AtAnyCase(FirstOfEach(scored, values), 1, Population(counted.Kind, missing), Stricter)
            : WilsonInterval.Of(values.Sum() / asked.Count, asked.Count / effect, Stricter);
        var hasTooManyMissing = missing > rule.UnscoredCap * asked.Count;
        var (outcome, reason) = broken.Low > limit.Bound && !(isEarly && hasTooManyMissing) ? (GateOutcome.Failed, "The candidate's interval lies above the limit.")
            : level.High > limit.Bound ? (GateOutcome.Inconclusive, Open(level.Low > limit.Bound, missing, hasTooManyMissing, [counted.Kind]))
            : hasTooManyMissing ? (GateOutcome.Inconclusive, "The candidate's interval ends within the limit, but too many of these cases have no score.")
            : (GateOutcome.Passed, "The candidate's interval ends within the limit.");
        return Line(limit, counted.Label, values.Count, scored.Average(one => one.Transition is Transition.Mended or Transition.StayedBroken ? 1.0 : 0), values.Average(), level, outcome, reason);
    }

    GateLine OfUnderstanding(GateLimit limit)
    {
        var seen = UnderstandingCases.Of(cases);
        var judged = seen.Judged;
        if (judged.Count == 0)
            return Nothing(limit, GateWords.UnderstandingLabel, "Understanding was not judged.");

        var values = judged.Select(Understanding).ToList();
        var level = Mean(judged, rule.Alpha);
        // As of shares: what has no score counts as good where a limit is said to be broken, and keeps one from being said to be kept.
        var hasTooManyMissing = seen.HasTooManyMissing(rule);
        var broken = Mean(isEarly ? judged : [.. judged, .. seen.Missing], Stricter);
        var (outcome, reason) = broken.High < limit.Bound && !(isEarly && hasTooManyMissing) ? (GateOutcome.Failed, "The candidate's interval lies below the limit.")
            : level.Low < limit.Bound ? (GateOutcome.Inconclusive, Open(level.High < limit.Bound, seen.Missing.Count, hasTooManyMissing, seen.Kinds))
            : hasTooManyMissing ? (GateOutcome.Inconclusive, "The candidate's interval begins within the limit, but too many of these cases have no score.")
            : (GateOutcome.Passed, "The candidate's interval begins within the limit.");
        return Line(limit, GateWords.UnderstandingLabel, judged.Count, judged.Average(one => (double)one.Baseline!.Score!.Understanding!), values.Average(), level, outcome, reason);

        Interval Mean(IReadOnlyList<PairedCase> of, double alpha)
        {
            if (isEarly)
                return AtAnyCase(FirstOfEach(of, [.. of.Select(Understanding)]), CriteriaScore.Maximum, population: null, alpha);
            var mean = ClusterBootstrap.Mean([.. of.Select(Understanding)], [.. of.Select(one => one.Cluster)], new Interval(0, CriteriaScore.Maximum), alpha, rule.Resamples, rule.Seed);
            return new Interval(mean.Low, mean.High);
        }

        static double Understanding(PairedCase one) => one.Candidate?.Score?.Understanding ?? CriteriaScore.Maximum;
    }

    // Cases of one prompt come in rounds and are alike, so they are no draws: each prompt speaks by its first.
    static IEnumerable<double> FirstOfEach(IReadOnlyList<PairedCase> pairs, IReadOnlyList<double> values) =>
        pairs.Zip(values).DistinctBy(pair => pair.First.Cluster, StringComparer.Ordinal).Select(pair => pair.Second);

    // Where every prompt is asked once the cases are draws from a list, of which the interval is then.
    int? Population(PromptKind kind, int missing)
    {
        var prompts = audit.Cases.Where(one => one.Kind == kind).Select(one => one.Cluster).ToList();
        return prompts.Distinct(StringComparer.Ordinal).Count() == prompts.Count ? prompts.Count - missing : null;
    }

    static Interval AtAnyCase(IEnumerable<double> values, double greatest, int? population, double alpha)
    {
        var sequence = new BettingSequence(0, greatest, alpha, population);
        foreach (var value in values)
            sequence.Take(value);
        return sequence.Current;
    }

    string Open(bool isBeyond, int missing, bool hasTooManyMissing, IReadOnlyCollection<PromptKind> kinds) => isBeyond
        ? $"The candidate's interval lies beyond the limit, but {(missing == 0 || isEarly ? GateWords.NotShown(isEarly && hasTooManyMissing, demands, "chance is not ruled out") : CountedAsGood(missing))}."
        : "The candidate's interval holds the limit. " + (isEarly ? "Run it without --stop-early to decide this one too." : new MorePrompts(audit).WouldDecide("More cases", kinds));

    string CountedAsGood(int missing) =>
        $"not where {(missing == 1 ? "the case without a score counts" : $"the {missing} cases without a score count")} as good{(demands > 1 ? $", at the error rate that {demands} demands share" : "")}";

    static GateLine Nothing(GateLimit limit, string label, string reason) =>
        new(limit.Metric, label, Margin: null, 0, null, null, null, GateOutcome.Inconclusive, reason) { Limit = limit.Bound };

    static GateLine Line(GateLimit limit, string label, int n, double before, double after, Interval level, GateOutcome outcome, string reason) =>
        new(limit.Metric, label, Margin: null, n, before, after, Difference: null, outcome, reason) { Limit = limit.Bound, Level = new IntervalEstimate(after, level.Low, level.High) };
}
