using Plumbline.Audits;
using Plumbline.Judges;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Auditing;

/// <summary>What of a run's unscored answers is not final: calls that failed, and judges that could not be asked.</summary>
internal static class FailedCalls
{
    /// <summary>How many answers are asked for again, and by which command; nothing where none is.</summary>
    /// <param name="audit">The result.</param>
    /// <param name="folder">The run's folder.</param>
    public static IEnumerable<string> Describe(AuditDocument audit, string folder)
    {
        if (audit.AskedAgain(UnscoredReason.CallFailed) is > 0 and var calls)
            yield return $"{Numbers.Count(calls, "answer")} without a score {(calls == 1 ? "is a call" : "are calls")} that failed: {RunLeft.HowToAskAgain(folder)}";
        if (audit.AskedAgain(UnscoredReason.JudgeFailed) is > 0 and var judgings)
            yield return $"{Numbers.Count(judgings, "answer")} without a score {(judgings == 1 ? "waits" : "wait")} for a judge that could not be asked: '{JudgeCommand.Of(folder, audit.Judge)}' asks it again.";
    }
}
