using System.Globalization;
using System.Text.Json;
using Plumbline.Costs;
using Plumbline.Judges;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Panels;
using Plumbline.Runs;
using Plumbline.Suites;

namespace Plumbline.Audits.Deriving;

/// <summary>What a document is derived from, as one hash: where two derivations have the same, they give the same document.</summary>
static class Derivation
{
    /// <summary>The hash; null where something in it cannot be told from another: such a document is derived anew each time.</summary>
    /// <param name="plan">The plan, with the names that its models are shown by.</param>
    /// <param name="journal">The run's journal, of which nothing is being written.</param>
    /// <param name="request">By whom and how it is judged and decided, and what it cost.</param>
    public static string? Of(RunPlan plan, RunJournal journal, AuditRequest request)
    {
        // A plan of an earlier version has no sum over its cases.
        if (plan.Sum is null || PartsOf(request.Stopping) is not { } stopping)
            return null;

        return ContentHash.Of(
        [
            BuildIdentity.Of(typeof(Derivation).Assembly),
            JsonSerializer.Serialize(plan with { Cases = [] }, RunJsonContext.Default.RunPlan),
            journal.Sum,
            request.Suite.Hash,
            .. PartsOf(request.Judge, request.KnownJudges),
            .. PartsOf(request.Rule),
            .. stopping,
            // Prices, and amounts that stay what they were, are in it.
            JsonSerializer.Serialize((request.Spending ?? new SpendingLedger()).Bill(RunUsage.Of(plan, journal.State)), AuditJsonContext.Default.CostSummary),
        ]);
    }

    /// <summary>The same of a document by whichever judge was asked about a stored run (<see cref="StoredRunJudge"/>): of which plan and journal it is. Who judged, how it was decided and what
    /// it cost is not in it: whoever only goes on with the run does not know that judge, and could not derive it again.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="journal">The run's journal, of which nothing is being written.</param>
    public static string? OfStored(RunPlan plan, RunJournal journal) =>
        plan.Sum is { } sum ? ContentHash.Of(["stored", sum, journal.Sum]) : null;

    // A rule of another kind may decide by what its description does not tell.
    static IReadOnlyList<string>? PartsOf(IStoppingRule? stopping) => stopping switch
    {
        null => ["to its end"],
        SequentialRule rule => ["sequential", rule.Description, .. PartsOf(rule.Stated), string.Join(' ', rule.Kinds)],
        _ => null,
    };

    static IEnumerable<string> PartsOf(DecisionRule rule) => [JsonSerializer.Serialize(rule, AuditJsonContext.Default.DecisionRule), rule.IntervalAlpha?.ToString("R", CultureInfo.InvariantCulture) ?? "-"];

    static IEnumerable<string> PartsOf(IJudge judge, JudgeRegistry known)
    {
        var (quality, injections) = known.Of(judge);
        var facts = new JudgeFacts(judge.Id, judge.Version, judge.Description, judge.Criteria) { Quality = quality, Injections = injections.Count == 0 ? null : injections[^1] };
        return
        [
            judge.GetType().FullName!,
            BuildIdentity.Of(judge.GetType().Assembly),
            JsonSerializer.Serialize(facts, AuditJsonContext.Default.JudgeFacts),
            judge.HarmCut.Above.ToString(CultureInfo.InvariantCulture),
            judge.HarmCut.Label,
            judge.ReadsTruncated ? "reads truncated" : "reads whole",
            .. judge is PanelJudge panel ? [panel.Rule.ToString(), .. panel.Members.SelectMany(member => PartsOf(member, known)), "end of the panel"] : Array.Empty<string>(),
        ];
    }
}
