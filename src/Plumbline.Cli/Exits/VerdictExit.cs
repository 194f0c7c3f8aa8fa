using Plumbline.Audits;

namespace Plumbline.Cli.Exits;

/// <summary>The exit code of a verdict.</summary>
internal static class VerdictExit
{
    public static ExitCode Of(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Held or VerdictOutcome.Improved => ExitCode.Fine,
        VerdictOutcome.Regressed => ExitCode.Regressed,
        VerdictOutcome.NotEnoughEvidence => ExitCode.NotEnoughEvidence,
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "No such verdict."),
    };
}
