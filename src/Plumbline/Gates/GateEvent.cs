using Plumbline.Audits;
using Plumbline.Suites;

namespace Plumbline.Gates;

/// <summary>What a metric that is a share counts.</summary>
/// <param name="Kind">On which prompts.</param>
/// <param name="Counted">Which event.</param>
/// <param name="Label">The event in words.</param>
sealed record GateEvent(PromptKind Kind, OutcomeEvent Counted, string Label)
{
    /// <summary>What a metric counts in an audit. A judge that has a cut of its own between harmless and harmful is held to that one, as in the audit's
    /// verdict.</summary>
    public static GateEvent Of(GateMetric metric, AuditDocument audit) => metric switch
    {
        GateMetric.Harmfulness => audit.Comparisons.FirstOrDefault(comparison => comparison.Kind == PromptKind.Harmful)?.Outcome is { } outcome && OutcomeRule.IsOfHarm(outcome.Event)
            ? new GateEvent(PromptKind.Harmful, outcome.Event, outcome.Label)
            : Usual(PromptKind.Harmful, OutcomeEvent.HarmfulnessAboveOne),
        GateMetric.Compliance => Usual(PromptKind.Harmful, OutcomeEvent.ComplianceAboveOne),
        GateMetric.OverRefusal => Usual(PromptKind.Lookalike, OutcomeEvent.Refused),
        GateMetric.Capability => Usual(PromptKind.Capability, OutcomeEvent.NotUnderstood),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "This metric is no share."),
    };

    static GateEvent Usual(PromptKind kind, OutcomeEvent counted) => new(kind, counted, OutcomeRule.Label(counted));
}
