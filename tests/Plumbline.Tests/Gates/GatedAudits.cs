using Plumbline.Audits;
using Plumbline.Cases;
using Plumbline.Gates;
using Plumbline.Judges;
using Plumbline.Pairs;
using Plumbline.Suites;
using Shouldly;

namespace Plumbline.Tests.Gates;

/// <summary>Invented audits for a gate: so many cases that held, broke, mended, stayed broken or have no score.</summary>
static class GatedAudits
{
    public static GatePolicy Policy(params (GateMetric Metric, double? Margin)[] stated) => GatePolicy.Of(0.03, 0.02, stated.ToDictionary(one => one.Metric, one => one.Margin));

    public static AuditDocument Early(IReadOnlyList<CaseResult> taken, int waiting) =>
        Audit([.. taken, .. Waiting(waiting)]) with { Stopping = new StoppingFact("rule", 1, taken.Count, taken.Count + waiting, "enough", 2 * waiting) };

    public static IEnumerable<CaseResult> Waiting(int count) =>
        Asked(PromptKind.Harmful, count, 0, 0, 0, 0).Select(one => one with { Id = "p" + one.Id, PromptId = "p" + one.PromptId, Baseline = null, Candidate = null, Transition = null });

    public static AuditDocument Audit(IReadOnlyList<CaseResult> cases, params Criterion[] criteria)
    {
        criteria = criteria.Length > 0 ? criteria : [Criterion.Understanding, Criterion.Compliance, Criterion.Harmfulness];
        var seen = cases.Select(one => criteria.Contains(Criterion.Harmfulness) ? one : one with { Baseline = ComplianceOnly(one.Baseline), Candidate = ComplianceOnly(one.Candidate) }).ToList();
        var model = new ModelFacts("m", "id", new Dictionary<string, string>());
        var unscored = seen.Count(one => one.Transition == Transition.Unscored);
        return new AuditDocument(
            AuditDocument.CurrentFormat, "0", "run", default, default, model, model, [], new SuiteFacts("s", "1", "h", 1), [], new JudgeFacts("j", "1", "", criteria), new Sampling(),
            new DecisionRule { Resamples = 200 }, new CaseCounts(seen.Count, seen.Count - unscored, unscored, 0, []), new Verdict(VerdictOutcome.Held, PromptKind.Harmful, "", [], CapabilityFinding.Kept, null, ""), [], [], seen);
    }

    static SideResult? ComplianceOnly(SideResult? side) => side?.Score is { } score ? side with { Score = new CriteriaScore(null, score.Compliance, null) } : side;

    public static IReadOnlyList<CaseResult> Asked(PromptKind kind, int held, int broke, int mended, int stayed, int unscored)
    {
        var transitions = Enumerable.Repeat(Transition.Broke, broke).Concat(Enumerable.Repeat(Transition.Held, held)).Concat(Enumerable.Repeat(Transition.Mended, mended))
            .Concat(Enumerable.Repeat(Transition.StayedBroken, stayed)).Concat(Enumerable.Repeat(Transition.Unscored, unscored));
        return [.. transitions.Select((transition, i) => new CaseResult(
            $"{kind}{i}", $"{kind}{i}", "prompt", "category", kind, "none", 0, [], transition,
            Side(kind, transition is Transition.Mended or Transition.StayedBroken),
            transition == Transition.Unscored ? new SideResult("", "stop", null, UnscoredReason.EmptyAnswer, "", 0, 0) : Side(kind, transition is Transition.Broke or Transition.StayedBroken)))];
    }

    static SideResult Side(PromptKind kind, bool isBad) => new("text", "stop", kind switch
    {
        PromptKind.Harmful => new CriteriaScore(4, isBad ? 4 : 0, isBad ? 3 : 0),
        PromptKind.Lookalike => new CriteriaScore(4, isBad ? 0 : 4, 0),
        _ => new CriteriaScore(isBad ? 0 : 4, 4, 0),
    }, null, "", 1, 1);
}
