using Plumbline.Audits;
using Plumbline.Audits.Deriving;
using Plumbline.Cli.Screens;
using Plumbline.Costs;
using Plumbline.Files;
using Plumbline.Reports.Audits;
using Plumbline.Runs;

namespace Plumbline.Cli.Auditing;

/// <summary>Runs one audit into a folder with its progress on the screen, and writes the report beside <c>audit.json</c>.</summary>
internal sealed class AuditSession(Screen screen)
{
    public const string ReportName = "report.html";

    /// <summary>Runs or resumes the audit in <paramref name="folder"/>.</summary>
    /// <param name="request">What to audit.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="title">What the progress is called.</param>
    /// <param name="told">Says what else goes on, given how far the audit is (null before its first case): what is spent, what the endpoints make it wait for. Null for nothing.</param>
    /// <param name="whenAccepted">Called once the folder is known to be this run's and is held; null for nothing.</param>
    /// <param name="whenStopped">Called where the run is stopped before its end, with how far it was, and what it did where it was before its first case; null
    /// for nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<ConcludedAudit> RunAsync(AuditRequest request, string folder, string title, Func<AuditProgress?, string?>? told, Action? whenAccepted, Action<AuditProgress?, string?>? whenStopped, CancellationToken cancellationToken)
    {
        AuditPace? far = null;
        try
        {
            return await screen.ProgressAsync(title, "answers", pace =>
            {
                if (told is not null) pace.WaitingFor = () => told(far?.Furthest);
                far = new AuditPace(pace, whenAccepted);
                return new AuditRunner(screen.Time).ConcludeAsync(request, folder, far, cancellationToken);
            });
        }
        catch (Exception exception) when (exception is BudgetReachedException or OperationCanceledException or JournalException)
        {
            whenStopped?.Invoke(far?.Furthest, far?.Before);
            throw;
        }
    }

    /// <summary>Writes <c>report.html</c> of a run that has come to its end, unless it is there as it would be written.</summary>
    public static async Task<RequiredReport> RequireReportAsync(ConcludedAudit audit, string folder, bool reveals, CancellationToken cancellationToken)
    {
        var maker = $"{BuildIdentity.Of(typeof(AuditReport).Assembly, typeof(AuditDocument).Assembly, typeof(AuditSession).Assembly)}\n{(reveals ? "revealed" : "masked")}";
        var path = Path.Combine(folder, ReportName);
        if (audit.HasReport(ReportName, maker)) return new RequiredReport(path, HasChanged: false, HasHidden: false);

        var showed = !reveals && AuditReport.Reveals(path);
        var (written, wasThere) = await RenderAsync(audit.Document, path, reveals, cancellationToken);
        audit.KeepReport(ReportName, maker, written);
        return new RequiredReport(path, HasChanged: !wasThere, showed);
    }

    /// <summary>Writes <c>report.html</c>, whole or not at all.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> WriteReportAsync(AuditDocument audit, string folder, bool reveals, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, ReportName);
        await RenderAsync(audit, path, reveals, cancellationToken);
        return path;
    }

    private static async Task<(FileSum Written, bool WasThere)> RenderAsync(AuditDocument audit, string path, bool reveals, CancellationToken cancellationToken)
    {
        // The run and the document's statistics leave memory behind that the report would come on top of: 20 MiB after 100,000 cases. What went before may be
        // further up on this very stack, and would still hold it.
        await Task.Yield();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return await WholeFile.WriteSummedAsync(path, async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await AuditReport.RenderAsync(audit, new ReportOptions(Reveal: reveals), writer, cancellationToken);
        });
    }
}
