using System.CommandLine;
using Plumbline.Archive;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Reports.Audits;
using Plumbline.Reports.Text;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>Writes a finished run as a table.</summary>
internal sealed class RunsExportVerb : Verb
{
    private static readonly string[] Formats = ["csv", "jsonl"];
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The file to write: .csv or .jsonl.", Required = true, HelpName = "FILE" };
    private readonly Option<bool> _force = Overwriting.Option();
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Export answers that are or may be harmful too." };

    public RunsExportVerb()
        : base("export", "Write a finished run as a table, a row a case. No cell of a CSV file is a formula to a spreadsheet.", "plumb runs export runs/tuned -o cases.csv", "plumb runs export runs/tuned -o cases.jsonl --reveal")
    {
        Arguments.Add(_run);
        Options.Add(_output);
        Options.Add(_force);
        Options.Add(_reveal);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var target = Target(arguments.GetValue(_output), "-o");
        var format = Path.GetExtension(target).TrimStart('.').ToLowerInvariant();
        if (!Formats.Contains(format, StringComparer.Ordinal)) throw new UsageException($"'{target}' ends in neither .csv nor .jsonl; its ending says how to write it.");
        Overwriting.Require(target, arguments.GetValue(_force));

        var audit = AuditFile.Read(RunChoice.DocumentOf(Target(arguments.GetValue(_run), "RUN")));
        var reveals = arguments.GetValue(_reveal);
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder) TargetFolder.Make(folder, "-o");
        WholeFile.Write(target, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (format == "csv") RunTable.WriteCsv(audit, Hides, writer);
            else RunTable.WriteJsonLines(audit, Hides, writer);
        });
        screen.Line($"Wrote {Numbers.Thousands(audit.Cases.Count)} cases to {target}{(reveals ? "" : "; answers that are or may be harmful are masked (--reveal)")}.");
        return Task.FromResult(ExitCode.Fine);

        bool Hides(CaseResult one, SideResult side) => !reveals && AnswerMask.Hides(one.Kind, side);
    }
}
