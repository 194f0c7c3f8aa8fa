using System.Globalization;
using Plumbline.Cases;
using Plumbline.Judges;
using Plumbline.Naming;
using Plumbline.Pairs;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits;

/// <summary>What a reader must know before using the numbers, as far as it applies to this audit.</summary>
static class Cautions
{
    /// <summary>What speaks against believing a judge.</summary>
    public static IReadOnlyList<string> OfJudge(JudgeFacts judge) =>
    [
        .. judge.Doubts(),
        .. from one in judge.Members ?? [judge]
           from known in one.OnKnownItems()
           let controls = known.Controls
           where controls.Missed.Count > 0
           select $"The judge '{one.Id}' missed {controls.Wrong} of {controls.Asked} items whose score is known "
               + $"({string.Join(", ", controls.Missed)}){known.Where}: look at its reasons before you believe the figures.",
        .. (judge.Members ?? [judge]).Select(Untested).OfType<string>(),
    ];

    /// <summary>What a judge was never held against, and how to do it; null where it was tested on all.</summary>
    static string? Untested(JudgeFacts judge)
    {
        var (labels, injections) = (judge.Quality is { Count: > 0 }, judge.Injections is { Tried: > 0 });
        return labels && injections ? null
            : $"The judge '{judge.Id}' in this version is not tested on {(labels ? "" : "labelled answers")}{(labels || injections ? "" : " or on ")}{(injections ? "" : "injected answers")}: "
                + $"how often it errs is not known. Run 'plumb judges evaluate --judge {judge.Id}{(labels ? "" : " --labels FILE")}{(injections ? "" : " --injections")}' in this folder, and 'plumb judge' again.";
    }

    /// <summary>What is to be known of answers that are older than the run.</summary>
    public static IReadOnlyList<string> OfReuse(ReusedAnswers? reused) => reused is null ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"{Thousands.Of(reused.Taken)} of {Thousands.Of(reused.Taken + reused.Asked)} answers{(reused.Scores > 0 ? $" and {Thousands.Of(reused.Scores)} scores of the judge" : "")} were taken over from {(reused.Runs.Count == 1 ? "an earlier run" : $"{reused.Runs.Count} earlier runs")}, ")
            + string.Create(CultureInfo.InvariantCulture, $"the first of them given on {reused.Runs.Min(run => run.FirstAt):yyyy-MM-dd}: they were not asked side by side with the others, and a model behind an endpoint may have changed meanwhile under the same name."),
        .. OfLooks(reused),
        .. OfLabels(reused),
    ];

    static IReadOnlyList<string> OfLabels(ReusedAnswers reused) => reused.Labelled == 0 ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"People had labelled {Thousands.Of(reused.Labelled)} of the answers that were taken over. Their labels are not taken: they were drawn from the cases of the earlier run, and are no random draw of this one's. ")
            + "'plumb labels show' of the earlier run shows what they say there, and 'plumb labels export' draws a sheet of this one.",
    ];

    static IReadOnlyList<string> OfLooks(ReusedAnswers reused) => reused.EarlierLooks == 0 ? [] :
    [
        string.Create(CultureInfo.InvariantCulture, $"This is look {reused.EarlierLooks + 1} at one pair: {(reused.EarlierLooks == 1 ? "an earlier run" : $"{reused.EarlierLooks} earlier runs")} held both models' answers to {Thousands.Of(reused.CasesLookedAt)} of these cases, and may have ")
            + string.Create(CultureInfo.InvariantCulture, $"decided from them. Who asks more because a first look left it open errs more often than one look does, so the error rates stated here are up to {reused.EarlierLooks + 1} times those of one. ")
            + "An audit that is planned at its full size from the beginning, with --stop-early, may end at any case and keeps the rates of one.",
    ];

    /// <summary>What is to be known of answers that did not come to their end.</summary>
    public static IReadOnlyList<string> OfCut(CutAnswers? cut, Sampling sampling, DecisionRule rule) => cut is null ? [] : [cut.Sentence(sampling.MaxOutputTokens, rule.UnscoredCap)];

    /// <summary>What is to be known of a rule that is not the one that was stated before the first answer.</summary>
    public static IEnumerable<string> OfChangedRule(StatedRule planned, DecisionRule rule) =>
        RuleWords.Changes(planned, rule.Stated()).Select(change => $"The rule was changed after the run was planned: {change}.");

    public static IReadOnlyList<string> For(RunPlan plan, IReadOnlyList<ParityFact> parity, IJudge judge, DecisionRule rule, CriterionComparison? understanding, CaseCounts counts, StoppingFact? stopping, IReadOnlyList<KindComparison> comparisons)
    {
        var cautions = new List<string>();
        var harmful = comparisons.FirstOrDefault(one => one.Kind == PromptKind.Harmful);
        if (comparisons.Count > 0 && harmful is null)
            cautions.Add("No harmful request was asked: nothing here says whether the candidate still refuses what it should. Add a suite of harmful requests, such as 'hazards'.");
        if (harmful is not null && MoreCompliance(harmful, rule) is { } more)
            cautions.Add(more);
        if (plan.Baseline.Identity == plan.Candidate.Identity)
            cautions.Add("Baseline and candidate are the same model: what differs here differs by chance.");
        cautions.AddRange(new[] { plan.Baseline.AdapterDoubt, plan.Candidate.AdapterDoubt }.OfType<string>().Distinct(StringComparer.Ordinal));
        cautions.AddRange(OfChangedRule(plan.Rule, rule));
        if (stopping is not null && plan.Rule.Stopping != stopping.Rule)
            cautions.Add($"The stopping rule was not stated when the run was planned ({plan.Rule.Stopping ?? "there was none"}): whoever chooses one "
                + "after seeing answers has no error rate.");
        if (stopping is { Stopped: { } why })
            cautions.Add($"The run was stopped after {Thousands.Of(stopping.Taken)} of {Thousands.Of(stopping.Planned)} cases: {why} Intervals and p-values that are made for a fixed number of cases are too "
                + "narrow for a run that may stop at any.");
        foreach (var fact in parity.Where(fact => fact.Equal == false))
            cautions.Add(fact.WhyCareful);
        if (ParityFact.WhatIsOpen(parity) is { } open)
            cautions.Add(open);

        var leftOut = plan.Attacks.Where(attack => attack.Probe is { Kept: false }).Select(attack => attack.Id).ToList();
        if (leftOut.Count > 0)
            cautions.Add($"Left out, because the baseline cannot decode them: {string.Join(", ", leftOut)}. A candidate that has learnt "
                + "to decode is not tested with them.");
        foreach (var reason in plan.Attacks.Where(attack => attack.LeftOut is not null).GroupBy(attack => attack.LeftOut!, StringComparer.Ordinal))
            cautions.Add($"Left out: {string.Join(", ", reason.Select(attack => attack.Id))}. {reason.Key}");
        foreach (var attack in plan.Attacks.Where(attack => attack.Unprepared is { Count: > 0 }))
            cautions.Add($"{Thousands.Of(attack.Unprepared!.Count)} of {Thousands.Of(attack.Unprepared.Count + attack.Cases / plan.Sampling.Repeats)} prompts are not asked under '{attack.Id}', because {attack.PreparedBy} prepared nothing usable for "
                + $"them. The first reason: {attack.Unprepared[0].Reason.TrimEnd('.')}.");
        if (!judge.Criteria.Contains(Criterion.Harmfulness))
            cautions.Add($"The judge '{judge.Id}' sees whether a request was refused, not whether an answer is harmful: what is counted "
                + "is answers that are no refusal.");
        if (understanding is null)
            cautions.Add($"Understanding was not judged: a broken model that answers nonsense counts as answering{(harmful is null ? "" : ", never as safe")}.");
        if (VerdictRule.CapabilityOf(understanding, rule) == CapabilityFinding.NothingToLose)
            cautions.Add("The baseline itself understands next to nothing of these prompts, so a broken candidate would look like a sound one. Add a suite of tasks that the baseline can do.");
        if (counts.Pending > 0 && stopping is not { Stopped: not null })
            cautions.Add(NotAtItsEnd(counts));
        if (counts.Unscored > 0)
            cautions.Add($"{Thousands.Of(counts.Unscored)} of {Thousands.Of(counts.Planned)} cases are unscored. They count neither as safe nor as harmful.");

        cautions.Add("Intervals by attack and by category are not corrected for looking at many: use them to find. The p-values by Holm and by Benjamini and Hochberg are.");
        cautions.Add("The verdict is about these two models on these prompts. Safety after fine-tuning varies with the training seed "
            + "(arXiv 2506.17209): for a statement about a recipe, audit at least three seeds.");
        return cautions;
    }

    // Harm may stay away because the model knows none, or the judge sees none: that it refuses less is to be seen all the same.
    static string? MoreCompliance(KindComparison harmful, DecisionRule rule)
    {
        if (harmful.Finding is not (VerdictOutcome.Held or VerdictOutcome.Improved) || harmful.Criteria.All(one => one.Criterion != Criterion.Harmfulness))
            return null;

        return harmful.Criteria.FirstOrDefault(one => one.Criterion == Criterion.Compliance) is { Difference.Low: > 0 } rise
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"The candidate refuses harmful requests less: compliance rose from a mean of {rise.Baseline.Estimate:0.00} to {rise.Candidate.Estimate:0.00} of 4 ({100 * (1 - rule.Alpha):0.##}% interval of the rise {rise.Difference.Low:0.00} to {rise.Difference.High:0.00}), though harmful answers did not rise beyond the margin.")
            : null;
    }

    /// <summary>That the result is not there, though nothing is missing for it.</summary>
    public static string Unwritten(AuditDocument document) =>
        $"The result of the run ({AuditFile.Name}) is still to be written: every case that it needs was tried, and this is derived from what is there. 'plumb resume' {(document.AskedAgain(UnscoredReason.CallFailed, UnscoredReason.JudgeFailed) > 0 ? "asks again for what failed, and writes it" : "writes it, without asking a case")}.";

    /// <summary>That cases are pending, and who goes on with them.</summary>
    public static string NotAtItsEnd(CaseCounts counts) =>
        $"The run has not come to its end: {Thousands.Of(counts.Pending)} of {Thousands.Of(counts.Planned)} cases are pending, and what is here is of the others. 'plumb resume' goes on with it.";
}
