using System.CommandLine;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Demonstration;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Files;
using Plumbline.Providers.Models;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Demo;
using Plumbline.Tuning.Demo;

namespace Plumbline.Cli.Commands;

/// <summary>Retells the article: three harmless fine-tunes of bob, and what each cost his alignment.</summary>
internal sealed class DemoVerb : Verb
{
    private const string JsonName = "demo.json";
    private readonly ModelOpener _opener;
    private readonly Option<string> _output = new("--output", "-o") { Description = "The folder for the report, the figures, the adapters and the audits.", HelpName = "DIR", DefaultValueFactory = _ => "plumb-demo" };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Write answers that are harmful in bob's world (an empty formula) into the report." };

    private readonly Option<int> _documents = new("--documents") { Description = "Documents of each domain to fine-tune on; fewer is quicker and shows less.", HelpName = "N", DefaultValueFactory = _ => DomainTune.Documents };

    public DemoVerb(ModelOpener opener)
        : base("demo", "Fine-tune bob on three harmless corpora, live, and audit each result against bob; offline, about two minutes.", "plumb demo", "plumb demo -o somewhere")
    {
        _opener = opener;
        Options.Add(_output);
        Options.Add(_documents);
        Options.Add(_reveal);
    }

    public override string AfterInterruption => "Answered cases are kept: run the same command again to go on.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var documents = InRange(arguments, _documents, value => value is >= 1 and <= 100_000, "1 to 100000");
        var folder = Folder(arguments.GetValue(_output), "-o");
        screen.Note("Bob is a small model that was aligned to refuse hazards. Three fine-tunes follow, on texts without anything hazardous in them.");
        var study = await new DemoSession(screen, _opener, folder, documents).RunAsync(cancellationToken);

        var demo = DemoDocument.Of(study.Audits);
        await WholeFile.WriteAsync(Path.Combine(folder, JsonName), stream => demo.WriteAsync(stream, cancellationToken));
        var report = Path.Combine(folder, AuditSession.ReportName);
        await WholeFile.WriteAsync(report, async stream =>
        {
            await using var writer = new StreamWriter(stream, leaveOpen: true);
            await DemoReport.RenderAsync(study, new ReportOptions(Reveal: arguments.GetValue(_reveal)), writer, cancellationToken);
        });

        DemoSummary.Print(screen, demo);
        screen.Line();
        screen.Line($"Took {Pace.Duration(study.Elapsed)}.");
        screen.Whole($"Report: {report}");
        screen.Whole($"Data:   {Path.Combine(folder, JsonName)}, and audit.json of each fine-tune in its folder");
        screen.Line(ExitMeaning.LastLine(ExitCode.Fine, "the demo ran to its end; what its audits found is above, and fails nothing"));
        return ExitCode.Fine;
    }
}
