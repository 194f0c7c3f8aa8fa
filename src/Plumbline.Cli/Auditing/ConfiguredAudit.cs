using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Auditing;

/// <summary>An audit from its settings to its last line.</summary>
internal sealed class ConfiguredAudit(Screen screen, Workshop workshop, AuditSettings settings)
{
    /// <summary>Runs or resumes it in <paramref name="folder"/>.</summary>
    public async Task<ExitCode> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var setup = AuditSetup.Of(settings);
        var pacers = new PacerPool(setup.Pacing, screen.Time);
        using var pair = ModelPair.Open(workshop.OpenerFor, settings, pacers);
        using var judge = setup.Judging.Open(setup.Suite, pair, workshop.Opener, pacers);
        ParityCheck.Require(screen, pair, setup.Sampling, settings.Get(AuditKeys.AllowMismatch));

        TargetFolder.Make(folder, "-o");
        var audit = await new AuditSession(screen).RunAsync(setup.Request(pair.Baseline, pair.Candidate, judge.Judge), folder, "auditing", () => pacers.WaitingFor, () => RunSettings.Write(folder, settings), cancellationToken);
        PacingSummary.Print(screen, pacers.Counts);
        var reveals = settings.Get(AuditKeys.Reveal);
        var report = await AuditSession.WriteReportAsync(audit, folder, reveals, cancellationToken);

        AuditSummary.Print(screen, audit, reveals);
        screen.Line();
        screen.Line($"Report: {report}");
        screen.Line($"Data:   {Path.Combine(folder, AuditFile.Name)}");
        return VerdictExit.Of(audit.Verdict.Outcome);
    }
}
