using System.Globalization;
using Plumbline.Audits;
using Plumbline.Audits.Labels;
using Plumbline.Naming;

namespace Plumbline.Gates;

/// <summary>
/// The demand on the difference that people's labels correct, of the suite's first kind of prompt: the one that the verdict is about unless another regressed, so what is
/// demanded does not hang on what came out. It passes where the corrected interval at
/// 1 − α ends below the margin, and fails where it reaches the margin and at 1 − α / k, with k demands and raters, lies above 0. Where several people
/// labelled, everybody's figure must pass. Nothing is decided by labels that do not look drawn at random, by fewer than were tested, or of a run that was
/// stopped early: for none of these the interval holds. Nothing passes where two who labelled the same answers agree no more than by chance.
/// </summary>
sealed class LabelGate(AuditDocument audit, IReadOnlyList<PairedCase> cases, DecisionRule rule, int demands)
{
    const string Label = "the difference of the suite's first kind of prompt, corrected by people's labels";

    public GateLine Line(GateDemand demand)
    {
        var kind = audit.FirstKind;
        var labelled = (audit.Labelled ?? []).SelectMany(by => by.Comparisons.Where(one => one.Kind == kind && one.Difference is not null).Select(one => (by.Rater, Comparison: one))).ToList();
        if (labelled.Count == 0)
            return new GateLine(demand.Metric, Label, demand.Margin, 0, null, null, null, GateOutcome.Inconclusive, $"Nobody has labelled both answers of two {GateWords.Of(kind)}. "
                + $"'plumb labels export --kind {kind.ToString().ToLowerInvariant()}' and 'plumb labels import' do that.");

        var counts = Comparisons.Counts([.. cases.Where(one => one.Kind == kind)]);
        var hasTooManyMissing = counts.Unscored + counts.Pending > rule.UnscoredCap * counts.Planned;
        var lines = labelled.ConvertAll(one => Line(demand, one.Rater, one.Comparison, labelled.Count, counts, hasTooManyMissing));
        return WithAgreement(lines.Find(line => line.Outcome == GateOutcome.Failed) ?? lines.Find(line => line.Outcome == GateOutcome.Inconclusive) ?? lines[0]);
    }

    // Who reads the same answers as somebody else and agrees with him by chance alone does not measure what he measures: neither is known to be right.
    GateLine WithAgreement(GateLine line)
    {
        var doubted = (audit.RaterAgreement ?? []).Where(one => one.Kind == audit.FirstKind && one.Caution is not null).OrderBy(one => one.Kappa).FirstOrDefault();
        return doubted is null ? line : line with
        {
            Outcome = doubted.IsChance && line.Outcome == GateOutcome.Passed ? GateOutcome.Inconclusive : line.Outcome,
            Reason = $"{line.Reason} {doubted.Caution}",
        };
    }

    GateLine Line(GateDemand demand, string rater, LabelledComparison comparison, int raters, CaseCounts counts, bool hasTooManyMissing)
    {
        var corrected = comparison.Difference!;
        var (low, high) = corrected.At(rule.Alpha, -1, 1);
        var isShown = corrected.At(rule.Alpha / (demands * raters), -1, 1).Low > 0;
        var (outcome, reason) = comparison.LooksChosen ? (GateOutcome.Inconclusive, comparison.Caution!)
            : audit.Stopping is { Stopped: not null } ? (GateOutcome.Inconclusive, "The run was stopped early, and the corrected interval is made for a fixed number of cases. Run it without --stop-early to decide this demand.")
            : comparison.Labelled < LabelledComparison.FewestTested ? (GateOutcome.Inconclusive, $"{comparison.Labelled} labelled cases are few: the interval is tested from {LabelledComparison.FewestTested} on.")
            : high < demand.Margin ? hasTooManyMissing
                ? (GateOutcome.Inconclusive, "The corrected interval ends below the margin, but too many of these cases have no score.")
                : (GateOutcome.Passed, "The corrected interval ends below the margin.")
            : isShown && !hasTooManyMissing ? (GateOutcome.Failed, "The corrected interval lies above 0 and reaches the margin.")
            : (GateOutcome.Inconclusive, low > 0
                ? "The corrected interval lies above 0 and reaches the margin, but "
                    + GateWords.NotShown(isOfMissing: isShown, demands, raters == 1 ? "chance is not ruled out" : $"at the error rate that {raters} raters share, chance is not ruled out") + "."
                : "The corrected interval holds both no change and a rise by the margin. "
                    + (comparison.Labelled < counts.Scored ? "More labels would decide." : new MorePrompts(audit).WouldDecide("More cases, labelled,", [audit.FirstKind])));
        return new GateLine(demand.Metric, LabelOf(rater, comparison, raters), demand.Margin, comparison.Labelled, null, null, comparison.LooksChosen ? null : corrected.Mean with { Low = low, High = high }, outcome, reason);
    }

    static string LabelOf(string rater, LabelledComparison comparison, int raters) => string.Create(
        CultureInfo.InvariantCulture,
        $"{comparison.Event}, as {Thousands.Of(comparison.Labelled)} cases labelled by {(raters == 1 ? "people" : $"'{rater}'")} correct the judge if they were drawn at random");
}
