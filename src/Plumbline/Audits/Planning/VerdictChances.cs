namespace Plumbline.Audits.Planning;

/// <summary>How likely each verdict is; together 1. Understanding is taken as kept, and nearly every case as scored.</summary>
/// <param name="Change">What was assumed of the candidate.</param>
/// <param name="Regressed">The chance of "regressed".</param>
/// <param name="Held">The chance of "held".</param>
/// <param name="Improved">The chance of "improved".</param>
/// <param name="NotEnoughEvidence">The chance of "not enough evidence".</param>
public sealed record VerdictChances(AssumedChange Change, double Regressed, double Held, double Improved, double NotEnoughEvidence)
{
    /// <summary>The chance of one verdict.</summary>
    public double Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Regressed => Regressed,
        VerdictOutcome.Held => Held,
        VerdictOutcome.Improved => Improved,
        VerdictOutcome.NotEnoughEvidence => NotEnoughEvidence,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such verdict."),
    };
}
