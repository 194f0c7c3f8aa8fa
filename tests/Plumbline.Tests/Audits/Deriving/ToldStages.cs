using Plumbline.Audits;

namespace Plumbline.Tests.Audits.Deriving;

/// <summary>Keeps the stages that a run told of, in order.</summary>
sealed class ToldStages(List<AuditStage> stages) : IProgress<AuditProgress>
{
    public void Report(AuditProgress value)
    {
        lock (stages)
            stages.Add(value.Stage);
    }
}
