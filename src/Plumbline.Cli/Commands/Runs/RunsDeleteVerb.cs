using System.CommandLine;
using Plumbline.Archive;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Text;
using Plumbline.Runs;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>Deletes a run.</summary>
internal sealed class RunsDeleteVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask." };
    private readonly Option<bool> _shred = new("--shred") { Description = "Overwrite each file with random bytes first. Flash disks, snapshots and backups may keep the old ones all the same." };

    public RunsDeleteVerb()
        : base("delete", "Delete a run, a damaged one too: what shows that Plumbline wrote it in its folder, and the folder where nothing else is in it. Asks before.", "plumb runs delete runs/tuned", "plumb runs delete runs/tuned --yes --shred")
    {
        Arguments.Add(_run);
        Options.Add(_yes);
        Options.Add(_shred);
    }

    public override string AfterInterruption => "Nothing was deleted.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Target(arguments.GetValue(_run), "RUN");
        RunRemoval.Require(folder);
        var link = RunRemoval.LinkOf(folder);
        var what = Describe(folder) + (link is null ? "" : ", a link to it");
        if (!arguments.GetValue(_yes) && !await screen.AsksAsync($"Delete the run {what} for good? [y/N] ", cancellationToken))
            throw new UsageException($"The run {what} was not deleted. Answer y, or give --yes where nobody can answer.");

        var left = RunRemoval.Delete(folder, arguments.GetValue(_shred));
        screen.Line(link is null ? $"Deleted {what}." : $"Deleted the link '{link}'. The run behind it stays.");
        if (left.Count > 0) screen.Note($"Left in '{folder}', because it does not show that Plumbline wrote it: {string.Join(", ", left.Select(name => VisibleText.OneLine(name, 80)))}.");
        return ExitCode.Fine;
    }

    /// <summary>What would be deleted. A run that is too damaged to say what it was of can be deleted all the same: that it is one is known by then.</summary>
    private static string Describe(string folder)
    {
        try
        {
            var run = RunArchive.Glance(folder);
            return run.IsPreparedOnly ? $"'{folder}' (only prepared)" : $"'{folder}' ({VisibleText.OneLine(run.Baseline, 60)} against {VisibleText.OneLine(run.Candidate, 60)}, {(run.IsFinished ? "finished" : "unfinished")})";
        }
        catch (RunException)
        {
            return $"'{folder}' (damaged: its plan or result cannot be read, or was changed)";
        }
    }
}
