using System.CommandLine;

namespace Plumbline.Cli.Exits;

/// <summary><c>--exit-zero</c>: a job that only reports goes on whatever was decided. What failed, fails all the same.</summary>
internal static class ExitZero
{
    public static Option<bool> Option() => new("--exit-zero") { Description = "End with 0 whatever is decided: for jobs that only report. What fails, is unreachable or misused still does not." };

    public static ExitCode Of(bool isAsked, ExitCode code) => isAsked && code is (ExitCode.Regressed or ExitCode.NotEnoughEvidence or ExitCode.BudgetReached) ? ExitCode.Fine : code;
}
