using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Reporting;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Formats;
using Plumbline.Runs;

namespace Plumbline.Cli.Commands.Reports;

/// <summary>Writes a finished run in one or more formats.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly ReportOutput _output = new("report", whereElse: "into the run's folder");
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Write answers that are or may be harmful, too (html, json and sarif)." };

    public ReportVerb(Workshop workshop)
        : base(
            "report",
            "Write a run as a page, a pull-request comment, JUnit XML, SARIF or JSON. Of one that is not finished it shows what there is so far, and decides nothing.",
            "plumb report runs/tuned",
            "plumb report runs/tuned --format md -o -",
            "plumb report runs/tuned --format html,junit,sarif -o public/")
    {
        _workshop = workshop;
        Arguments.Add(_run);
        Subcommands.Add(new ReportBundleVerb());
        Subcommands.Add(new ReportVerifyVerb());
        Option[] options = [.. _output.Options, _reveal];
        foreach (var option in options) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var run = arguments.GetValue(_run)!;
        var folder = RunChoice.IsUnfinished(run) ? run : Path.GetDirectoryName(Path.GetFullPath(RunChoice.DocumentOf(run)));
        var own = folder is not null && File.Exists(Path.Combine(folder, RunFolder.PlanFile)) ? folder : null;
        var targets = _output.Read(arguments, usual: folder, own);
        var options = new ReportOptions(Reveal: arguments.GetValue(_reveal)) { PlaceOf = targets.Formats.Contains(ReportFormat.Sarif) ? RunPlaces.Of(folder, _workshop.Environment, screen.Note).Of : null };
        foreach (var file in await WriteAsync(run, targets, options, screen, cancellationToken)) screen.Whole(file);
        return ExitCode.Fine;
    }

    /// <summary>An audit that ends while a report is made writes its result and its own page meanwhile: over that page none goes of what there was before.</summary>
    private async Task<IReadOnlyList<string>> WriteAsync(string run, ReportTargets targets, ReportOptions options, Screen screen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = RunChoice.ResultOf(run);
            if (await targets.WriteAsync(UnfinishedRun.Read(run, _workshop, screen.Note), options, screen, () => RunChoice.ResultOf(run) == result, cancellationToken) is { } written) return written;

            screen.Note($"Meanwhile {AuditFile.Name} was written: the report is made anew from it.");
        }
    }
}
