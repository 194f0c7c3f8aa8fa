using Plumbline.Audits;
using static Plumbline.Tests.Audits.SmallAudit;
using static Plumbline.Tests.Audits.Reuse.ReusePairs;

namespace Plumbline.Tests.Audits.Reuse;

/// <summary>A folder of runs of which later ones take over from earlier ones.</summary>
public abstract class ReusingRuns : IDisposable
{
    readonly TemporaryFolder folder = new();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The place of a run.</summary>
    private protected string At(string name) => Path.Combine(folder.Path, name);

    /// <summary>The run that there is to take from.</summary>
    private protected async Task<AuditDocument> First(int prompts = 10, string name = "first") => await Run(Pair(Prompts(prompts), out _, out _), At(name), Token);
}
