using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Costs;
using Plumbline.Files;
using Plumbline.Judges;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Auditing;

/// <summary>An audit from its settings to its last line.</summary>
internal sealed class ConfiguredAudit(Screen screen, Workshop workshop, AuditSettings settings)
{
    /// <summary>What is done before the audit itself; null once that runs, and tells so.</summary>
    private string? _doing;

    /// <summary>Whether no judge was named with the command: the result of another one, who was asked since, is then not to be undone.</summary>
    public bool KeepsOtherJudge { get; init; }

    /// <summary>Runs or resumes it in <paramref name="folder"/>. A budget that is reached is an outcome, not a failure: it is told with what is left.</summary>
    public async Task<ExitCode> RunAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await ToItsEndAsync(folder, cancellationToken);
        }
        catch (OperationCanceledException) when (_doing is { } doing)
        {
            screen.Note($"Stopped while {doing}: no case was asked in this sitting.");
            throw;
        }
        catch (BudgetReachedException reached)
        {
            screen.Problem(reached.Message);
            // Before the plan there is nothing that could be shown.
            var shows = RunChoice.IsUnfinished(folder) ? $" 'plumb report {ShellWord.Of(folder)}' shows what there is so far; nothing is decided by it." : "";
            screen.Note(RunLeft.HowToGoOn(folder, " --budget AMOUNT") + shows);
            return ExitCode.BudgetReached;
        }
    }

    private async Task<ExitCode> ToItsEndAsync(string folder, CancellationToken cancellationToken)
    {
        _doing = "the models were being opened";
        TargetFolder.RequireRunsOwn(folder, "-o");
        var setup = AuditSetup.Of(settings);
        setup = setup with { Pacing = OpenCalls.Within(setup.Pacing, 2 + (setup.NeedsHelper ? 1 : 0) + setup.Judging.References.Count(), OpenFiles.Limit, screen) };
        var spending = SpendingSetup.Of(settings);
        var pacers = new PacerPool(setup.Pacing, screen.Time);
        using var pair = ModelPair.Open(workshop.OpenerFor, settings, pacers);
        _doing = "their servers were being asked what they add to a request";
        foreach (var silence in await pair.LearnAsync(cancellationToken)) screen.Note($"Caution: {silence}");
        _doing = "the judge was being opened";
        using var helper = setup.NeedsHelper ? ModelPair.Open(workshop.OpenerFor, settings.HelperModel!, pacers) : null;
        using var judge = setup.Judging.Open(setup.Suite, pair, workshop.Opener, pacers, spending);
        foreach (var note in setup.Suite.Notes) screen.Note(note);
        foreach (var caution in ReuseCheck.WhyNothing(settings.Reuse, pair, setup)) screen.Note($"Caution: {caution}");
        if (setup.Judging.WhyUsual(setup.Suite) is { } why) screen.Note(why);
        var told = ParityCheck.Require(screen, pair, setup, settings.Get(AuditKeys.AllowMismatch));

        TargetFolder.Make(folder, "-o");
        var request = setup.Request(pair, judge.Judge, spending) with { Reuse = settings.Reuse, KeepsOtherJudge = KeepsOtherJudge, Helper = helper is null ? null : new AuditSide(helper.Facts, spending.Meter(Spender.Helper, helper)) };
        _doing = null;
        var concluded = await new AuditSession(screen).RunAsync(request, folder, "auditing", far => Join(spending.Ledger.Describe(far?.AskedShare ?? 0, far?.JudgedShare ?? 0), pacers.WaitingFor), () => RunSettings.Write(folder, settings), (last, before) => TellLeft(last, before, folder), cancellationToken);
        PacingSummary.Print(screen, pacers.Counts);
        var reveals = settings.Get(AuditKeys.Reveal);
        var audit = concluded.Document;
        var report = await AuditSession.RequireReportAsync(concluded, folder, reveals, cancellationToken);
        if (concluded.AskedNothing) screen.Note($"The run is finished: nothing was asked{Finished(concluded.HasChanged, report.HasChanged)}");
        if (report.HasHidden) screen.Note($"{AuditSession.ReportName} showed the answers that are or may be harmful, and masks them now: '--reveal' is not remembered, and shows them where it is given again.");
        if (OtherJudge(concluded, judge.Judge, setup, folder) is { } other) screen.Note(other);

        AuditSummary.Print(screen, audit, reveals, told);
        foreach (var failed in FailedCalls.Describe(audit, folder)) screen.Line(failed);
        if (MoreCases.Advise(audit, folder) is { } advice) screen.Line(advice);
        CostTable.Print(screen, audit.Cost);
        screen.Line();
        screen.Sentence(JudgeWords.Of(audit.Judge), "Judge:  ");
        screen.Whole($"Report: {report.Path}");
        screen.Whole($"Data:   {Path.Combine(folder, AuditFile.Name)}");
        return VerdictExit.Of(audit.Verdict.Outcome);
    }

    private static string Finished(bool isNewResult, bool isNewReport) => (isNewResult, isNewReport) switch
    {
        (false, false) => $", and {AuditFile.Name} and {AuditSession.ReportName} stand as they were written.",
        (false, true) => $", and {AuditFile.Name} stands as it was written. {AuditSession.ReportName} is made anew from it.",
        (true, false) => $". {AuditFile.Name} is made anew, because it, or something that it depends on, had changed or was not there; {AuditSession.ReportName} stands as it was written.",
        (true, true) => $". {AuditFile.Name} and {AuditSession.ReportName} are made anew, because they, or something that they depend on, had changed or were not there.",
    };

    /// <summary>Whose view the result is, and how the other's is had: null where there is but one.</summary>
    private static string? OtherJudge(ConcludedAudit concluded, IJudge own, AuditSetup setup, string folder) => concluded switch
    {
        { Replaced: { } replaced, ReplacedWasGone: true } => $"The result was by the judge '{replaced.Id}', who was asked since, and is gone: {AuditFile.Name} was edited, torn or deleted. It is by the run's own judge '{own.Id}' now, and '{JudgeCommand.Of(folder, replaced)}' makes the other's again.",
        { Replaced: { } replaced } => $"The result was by the judge '{replaced.Id}', and is by '{own.Id}' now: '{JudgeCommand.Of(folder, replaced)}' brings that view back.",
        _ when concluded.Document.Judge.Id != own.Id => $"The result is by the judge '{concluded.Document.Judge.Id}', {new OwnJudge(own.Id, JudgeCommand.Of(folder, setup.Judging.Told(own.Id), setup.Judging.Panel)).AskedSince}.",
        _ => null,
    };

    private void TellLeft(AuditProgress? last, string? before, string folder)
    {
        if (RunLeft.Describe(last, before, folder) is { } left) screen.Note(left);
    }

    private static string? Join(params IEnumerable<string?> parts) => string.Join(", ", parts.OfType<string>()) is { Length: > 0 } joined ? joined : null;
}
