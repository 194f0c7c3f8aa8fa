using System.Globalization;
using Plumbline.Judges;
using Plumbline.Naming;
using Plumbline.Statistics.Sequential;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>
/// Takes the cases of an audit one by one and says when they are enough. Cases of one prompt are not independent, so a prompt speaks once to each
/// question: whether the candidate breaks more than it mends, by its first case that changed at all; whether the share of bad outcomes rose by
/// less than the margin and understanding was kept, by its first case. If baseline and candidate could as well have been swapped, the first
/// change of a prompt is a fair coin whatever the other prompts did.
/// </summary>
public sealed class SequentialDecision : IStoppingWatch
{
    readonly SequentialRule rule;
    readonly Dictionary<PromptKind, KindEvidence> kinds;
    readonly MeanEvidence understanding;
    readonly HashSet<string> understood = new(StringComparer.Ordinal);
    readonly Dictionary<PromptKind, (int Taken, int Unscored)> counts = [];
    int unscored;

    /// <summary>Before the first case.</summary>
    public SequentialDecision(SequentialRule rule)
    {
        this.rule = rule;
        kinds = rule.Kinds.ToDictionary(kind => kind, _ => new KindEvidence(rule.Stated.Margin));
        understanding = new MeanEvidence(-CriteriaScore.Maximum, CriteriaScore.Maximum, -rule.Stated.UnderstandingMargin);
    }

    /// <summary>How many cases were taken, unscored ones among them.</summary>
    public int Taken { get; private set; }

    /// <inheritdoc/>
    public EarlyVerdict? Concluded { get; private set; }

    // Evidence for "held" grows by the same little step with nearly every case: its end is as far off as it was for most of the run.
    /// <inheritdoc/>
    public double WayLeft => 1 - rule.Kinds.Max(kind => Math.Clamp(kinds[kind].LogWorse / Needed(kind), 0, 1));

    /// <summary>The evidence on one kind of prompt so far.</summary>
    internal KindEvidence On(PromptKind kind) => kinds[kind];

    /// <inheritdoc/>
    public string? Take(PairedCase next)
    {
        Taken++;
        var isUnscored = next.Transition is null or Transition.Unscored;
        var (taken, missing) = counts.GetValueOrDefault(next.Kind);
        counts[next.Kind] = (taken + 1, missing + (isUnscored ? 1 : 0));
        if (isUnscored)
        {
            unscored++;
            return Stop();
        }

        kinds[next.Kind].Take(next.Cluster, OutcomeRule.ChangeOf(next.Transition));
        if (next.Baseline?.Score?.Understanding is { } before && next.Candidate?.Score?.Understanding is { } after && understood.Add(next.Cluster))
            understanding.Take(after - before);
        return Stop();
    }

    string? Stop()
    {
        // What is unscored could hide the opposite: then only the whole run can tell.
        if (unscored > rule.Stated.UnscoredCap * Taken)
            return null;

        foreach (var kind in rule.Kinds.Where(kind => kinds[kind].LogWorse >= Needed(kind)))
        {
            var (broke, mended) = (kinds[kind].Broke, kinds[kind].Mended);
            return Conclude(VerdictOutcome.Regressed, kind, kinds[kind].LogWorse, Needed(kind), $"more prompts breaking than mending ({broke} broke, {mended} mended)");
        }

        var isHeld = rule.Kinds.All(kind => kinds[kind].LogNotWorse >= Math.Log(rule.Needed) && HasFewUnscored(kind))
            && (understanding.Count == 0 || understanding.Log >= Math.Log(rule.Needed));
        return isHeld
            ? Conclude(VerdictOutcome.Held, rule.Kinds[0], kinds[rule.Kinds[0]].LogNotWorse, Math.Log(rule.Needed), "a rise below the margin")
            : null;
    }

    // As in the decision over all cases: a candidate that answers tasks with nothing has not held.
    bool HasFewUnscored(PromptKind kind) => counts.GetValueOrDefault(kind) is var (taken, missing) && missing <= rule.Stated.UnscoredCap * taken;

    // As in the decision over all cases: the kinds besides the first share one error rate.
    double Needed(PromptKind kind) => Math.Log(kind == rule.Kinds[0] ? rule.Needed : rule.Needed * rule.Kinds.Count);

    string Conclude(VerdictOutcome outcome, PromptKind kind, double log, double needed, string subject)
    {
        var evidence = string.Create(
            CultureInfo.InvariantCulture,
            $"After {Thousands.Of(Taken)} cases the evidence for {subject} was {Math.Exp(log):0} to 1; {Math.Exp(needed):0} to 1 was needed.");
        Concluded = new EarlyVerdict(outcome, kind, evidence);
        return evidence;
    }
}
