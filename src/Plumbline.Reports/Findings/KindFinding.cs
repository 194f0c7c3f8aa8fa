using Plumbline.Audits;
using Plumbline.Reports.Text;

namespace Plumbline.Reports.Findings;

/// <summary>What a run decided for one kind of prompt: for the kind that the verdict is about the verdict itself, for one beside it what the rule finds there.</summary>
internal static class KindFinding
{
    /// <summary>The finding; open where the run is not finished.</summary>
    public static VerdictOutcome Of(KindComparison comparison, AuditDocument document) =>
        ReferenceEquals(comparison, Wording.Decisive(document)) ? document.Verdict.Outcome
        : document.HasEnded ? comparison.FindingBy(document.Rule, document.Comparisons.Count)
        : VerdictOutcome.NotEnoughEvidence;
}
