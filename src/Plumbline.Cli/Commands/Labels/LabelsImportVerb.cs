using System.CommandLine;
using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Labelling;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands.Labels;

/// <summary>Takes a filled-in sheet into its run.</summary>
internal sealed class LabelsImportVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Argument<string> _file = new("FILE") { Description = "The sheet, filled in." };
    private readonly Option<string?> _rater = new("--rater") { Description = "Who labelled, to tell several apart.", HelpName = "NAME" };

    public LabelsImportVerb()
        : base("import", "Take the labels of people into a run, as one more judge in its journal, and say what they make of the judge's verdict.", "plumb labels import runs/tuned sheet.csv", "plumb labels import runs/tuned sheet.csv --rater ana")
    {
        Arguments.Add(_run);
        Arguments.Add(_file);
        Options.Add(_rater);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Target(arguments.GetValue(_run), "RUN");
        var people = new HumanLabels(GivenName(arguments, _rater));
        var run = RunArchive.Glance(folder);
        var labels = LabelSheet.Read(Target(arguments.GetValue(_file), "FILE"));
        var written = await people.ImportAsync(folder, labels, screen.Time);
        screen.Line($"Took {Numbers.Thousands(written)} labels of '{people.Id}' into {folder}.");
        if (!run.IsFinished) return ExitCode.Fine;

        LabelSummary.Print(screen, folder, [people]);
        // The page that is there tells the figures without these labels; answers stay masked in it, whatever it was written with.
        if (File.Exists(Path.Combine(folder, AuditSession.ReportName)))
        {
            await AuditSession.WriteReportAsync(AuditFile.Read(Path.Combine(folder, AuditFile.Name)), folder, reveals: false, cancellationToken);
            screen.Line($"{AuditFile.Name} and {AuditSession.ReportName} in {folder} have these labels now.");
        }

        return ExitCode.Fine;
    }
}
