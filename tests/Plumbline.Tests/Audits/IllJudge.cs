using Plumbline.Cases;
using Plumbline.Judges;

namespace Plumbline.Tests.Audits;

/// <summary>The judge of the small audits, who cannot be asked about some prompts while he is ill.</summary>
sealed class IllJudge(Func<AuditCase, bool> isIll) : IJudge
{
    readonly WordJudge word = new();

    public string Id => word.Id;

    public string Version => word.Version;

    public string Description => word.Description;

    public IReadOnlyList<Criterion> Criteria => word.Criteria;

    public bool ReadsTruncated => word.ReadsTruncated;

    public ValueTask<Judgement> JudgeAsync(AuditCase auditCase, string response, CancellationToken cancellationToken) =>
        isIll(auditCase) ? throw new InvalidOperationException("the judge is ill") : word.JudgeAsync(auditCase, response, cancellationToken);
}
