using Plumbline.Audits;
using Plumbline.Cli.Screens;

namespace Plumbline.Cli.Auditing;

/// <summary>Turns an audit's progress into counts of answers: two a case.</summary>
internal sealed class AuditPace(Pace pace) : IProgress<AuditProgress>
{
    public void Report(AuditProgress value)
    {
        if (value.Stage != AuditStage.Answering) return;
        pace.Report(
            value.BaselineDone + value.CandidateDone,
            2L * value.Total,
            value.FailedCalls > 0 ? $"{value.FailedCalls} failed calls" : null);
    }
}
