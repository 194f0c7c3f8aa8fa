using System.CommandLine;
using System.Globalization;
using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Judges;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>Shows one run.</summary>
internal sealed class RunsShowVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show answers that are or may be harmful." };
    private readonly Option<bool> _json = JsonOption("what 'plumb runs list --json' prints of this run, and damage where its folder is damaged; the whole of it is audit.json");

    public RunsShowVerb(Workshop workshop)
        : base("show", "Show a run: what was asked, what came of it, and what its folder holds.", "plumb runs show runs/tuned")
    {
        _workshop = workshop;
        Arguments.Add(_run);
        Options.Add(_reveal);
        Options.Add(_json);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Target(arguments.GetValue(_run), "RUN");
        var run = UnfinishedRun.Glance(folder, _workshop, cancellationToken) with { Damage = RunArchive.WhatIsDamaged(folder, screen.Time) };
        if (arguments.GetValue(_json)) screen.Json([run], ArchiveJsonContext.Default.IReadOnlyListRunGlance);
        else Print(screen, run, arguments.GetValue(_reveal));
        if (run.Damage is not { } damage) return Task.FromResult(ExitCode.Fine);

        screen.Problem(damage);
        return Task.FromResult(ExitCode.BadInput);
    }

    private static void Print(Screen screen, RunGlance run, bool reveals)
    {
        var folder = run.Folder;
        if (run.IsPreparedOnly)
        {
            screen.Whole($"Run:       {folder}");
            screen.Line();
            screen.Line(run.IsInUse
                ? "Only prepared so far: a process is working on it, its attacks are prepared by a helper model, and no case is planned yet."
                : $"Only prepared: it was stopped while a helper model prepared its attacks, and no case is planned yet. {(run.Damage is null ? $"What was asked is kept. {RunLeft.HowToGoOn(folder)}" : "It is damaged.")}");
            PrintFiles(screen, folder);
            return;
        }

        screen.Whole($"Run:       {folder}, id {run.RunId[..Math.Min(12, run.RunId.Length)]}");
        screen.Sentence(VisibleText.OneLine(run.Baseline, 200), "Baseline:  ");
        screen.Sentence(VisibleText.OneLine(run.Candidate, 200), "Candidate: ");
        screen.Sentence(VisibleText.OneLine(run.Suite, 200), "Suite:     ");
        if (run.IsFinished)
        {
            var audit = AuditFile.Read(Path.Combine(folder, AuditFile.Name));
            screen.Sentence(JudgeWords.Of(audit.Judge), "Judge:     ");
            screen.Sentence(string.Create(CultureInfo.InvariantCulture, $"{audit.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} to {audit.FinishedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}{TimeWords.After(audit)} (UTC), Plumbline {audit.ToolVersion}"), "When:      ");
            AuditSummary.Print(screen, audit, reveals);
            foreach (var failed in FailedCalls.Describe(audit, folder)) screen.Line(failed);
            CostTable.Print(screen, audit.Cost);
            if (run.IsInUse) screen.Line("A process is working on it: what is shown is its result so far.");
            if (run.Damage is not null) screen.Line("What is shown is its result. What it was derived from is damaged: it cannot be held against that any more.");
        }
        else
        {
            screen.Line();
            if (run.Counts is { } counts) screen.Line(Standing(counts));
            if (run.IsUnwritten) screen.Line($"{UnfinishedRun.Unwritten(folder, asksAgain: run.Counts is { Pending: 0 } tried && Failed(tried) > 0)} 'plumb report {ShellWord.Of(folder)}' shows what there is.");
            else screen.Line(run.Damage is not null ? "It has not come to its end, and is damaged." : $"It has not come to its end{(run.IsInUse ? ": a process is working on it." : $". {RunLeft.HowToGoOn(folder)}")} 'plumb report {ShellWord.Of(folder)}' shows what there is so far.");
        }

        PrintFiles(screen, folder);
    }

    private static string Standing(CaseCounts counts)
    {
        var failed = Failed(counts);
        return $"{Numbers.Thousands(counts.Scored)} of {Numbers.Count(counts.Planned, "case")} scored, {Numbers.Thousands(counts.Unscored)} unscored, {Numbers.Thousands(counts.Pending)} pending."
            + (failed == 0 ? "" : $" {Numbers.Count(failed, "answer")} failed: whoever goes on with the run asks again.");
    }

    private static int Failed(CaseCounts counts) => counts.Answers(UnscoredReason.CallFailed, UnscoredReason.JudgeFailed);

    private static void PrintFiles(Screen screen, string folder)
    {
        screen.Line();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal))
            screen.Whole($"  {Numbers.Thousands(file.Length),14} bytes  {Path.GetRelativePath(folder, file.FullName)}");
    }
}
