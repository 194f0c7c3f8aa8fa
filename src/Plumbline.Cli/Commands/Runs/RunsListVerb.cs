using System.CommandLine;
using System.Globalization;
using Plumbline.Archive;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Reports.Text;
using Plumbline.Runs;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>Lists the runs below a folder.</summary>
internal sealed class RunsListVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _root = new("DIR") { Description = "The folder in and below which runs are looked for.", DefaultValueFactory = _ => "." };
    private readonly Option<bool> _json = JsonOption("an array of objects with folder, runId, isFinished, at, baseline, candidate, suite, judge, counts, outcome and sentence; isPreparedOnly of one whose cases are not planned yet; isUnwritten of one whose cases were all tried and whose result is still to be written; isInUse of one that a process works on");

    public RunsListVerb(Workshop workshop)
        : base("list", "List the runs in and below a folder, the newest first.", "plumb runs list", "plumb runs list ./runs --json")
    {
        _workshop = workshop;
        Arguments.Add(_root);
        Options.Add(_json);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var root = Target(arguments.GetValue(_root), "DIR");
        if (!Directory.Exists(root)) throw new UsageException($"There is no folder '{root}'.");

        var (runs, areAll) = Glances(screen, root, cancellationToken);
        if (arguments.GetValue(_json)) screen.Json(runs, ArchiveJsonContext.Default.IReadOnlyListRunGlance);
        else if (runs.Count == 0 && areAll) screen.Line($"No run is in or below '{root}'.");
        else if (runs.Count > 0) Print(screen, runs);
        return Task.FromResult(ExitCode.Fine);
    }

    /// <summary>What cannot be read is told, and keeps no other run from being listed.</summary>
    private (IReadOnlyList<RunGlance> Runs, bool AreAll) Glances(Screen screen, string root, CancellationToken cancellationToken)
    {
        var (runs, areAll) = (new List<RunGlance>(), true);
        foreach (var folder in RunArchive.Find(root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                runs.Add(UnfinishedRun.Glance(folder, _workshop, cancellationToken));
            }
            catch (RunException exception)
            {
                screen.Problem(exception.Message);
                areAll = false;
            }
        }

        return ([.. runs.OrderByDescending(run => run.At).ThenBy(run => run.Folder, StringComparer.Ordinal)], areAll);
    }

    private static void Print(Screen screen, IReadOnlyList<RunGlance> runs)
    {
        var table = PlainTable.OfWords("run", "verdict", "scored", "baseline", "candidate", "suite", "when (UTC)");
        foreach (var run in runs)
        {
            table.AddRow(
                // Whole, since it is what other verbs are given.
                PlainTable.Cell(run.Folder, limit: 1000),
                StateOf(run),
                run.Counts is { } counts ? $"{Numbers.Thousands(counts.Scored)} of {Numbers.Thousands(counts.Planned)}" : "",
                PlainTable.Cell(run.Baseline),
                PlainTable.Cell(run.Candidate),
                PlainTable.Cell(run.Suite),
                run.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
        }

        table.Print(screen);
    }

    private static string StateOf(RunGlance run) => run switch
    {
        { IsInUse: true, IsFinished: false } => "running",
        { IsPreparedOnly: true } => "only prepared",
        { IsUnwritten: true } => "to be written",
        { IsFinished: true, Outcome: { } outcome } => Wording.Of(outcome),
        _ => "unfinished",
    };
}
