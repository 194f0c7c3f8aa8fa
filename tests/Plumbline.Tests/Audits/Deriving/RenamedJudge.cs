using Plumbline.Cases;
using Plumbline.Judges;

namespace Plumbline.Tests.Audits.Deriving;

/// <summary>The judge of the small audits under another description.</summary>
sealed class RenamedJudge(string description) : IJudge
{
    readonly WordJudge word = new();

    public string Id => word.Id;

    public string Version => word.Version;

    public string Description => description;

    public IReadOnlyList<Criterion> Criteria => word.Criteria;

    public bool ReadsTruncated => word.ReadsTruncated;

    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) => word.JudgeAsync(auditCase, response, cancellationToken);
}
