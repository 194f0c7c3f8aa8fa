using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Reporting;
using Plumbline.Cli.Screens;
using Plumbline.Reports.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Writes a finished run in one or more formats.</summary>
internal sealed class ReportVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly ReportOutput _output = new("report", whereElse: "into the run's folder");
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Write answers that are or may be harmful, too (html, json and sarif)." };

    public ReportVerb()
        : base(
            "report",
            "Write a finished run as a page, a pull-request comment, JUnit XML, SARIF or JSON.",
            "plumb report runs/tuned",
            "plumb report runs/tuned --format md -o -",
            "plumb report runs/tuned --format html --format junit --format sarif -o public/")
    {
        Arguments.Add(_run);
        Subcommands.Add(new BundleVerb());
        Subcommands.Add(new VerifyVerb());
        Option[] options = [.. _output.Options, _reveal];
        foreach (var option in options) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var path = RunChoice.DocumentOf(arguments.GetValue(_run)!);
        var targets = _output.Read(arguments, usual: Path.GetDirectoryName(Path.GetFullPath(path)));
        var written = await targets.WriteAsync(AuditFile.Read(path), new ReportOptions(Reveal: arguments.GetValue(_reveal)), screen, cancellationToken);
        foreach (var file in written) screen.Line(file);
        return ExitCode.Fine;
    }
}
