using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Reporting;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Reports.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Compares the candidates of two finished runs.</summary>
internal sealed class CompareVerb : Verb
{
    private readonly Argument<string> _first = new("FIRST") { Description = RunChoice.Forms + ": the run to compare with." };
    private readonly Argument<string> _second = new("SECOND") { Description = "The run to compare, named the same way." };
    private readonly Option<bool> _acrossJudges = new("--across-judges") { Description = "Compare runs that two judges scored, on the criteria that both score." };
    private readonly Option<bool> _reveal = new("--reveal") { Description = "Show answers that are or may be harmful." };
    private readonly Option<bool> _json = JsonOption("the verdict, the figures and in what the runs differ, without cases ('docs/formats.md')");
    private readonly ReportOutput _output = new("compare", whereElse: "the working folder; without --format the console alone");

    public CompareVerb()
        : base(
            "compare",
            "Say whether the candidate of one run is worse than that of another, over the cases that both asked.",
            "plumb compare runs/tuned runs/mended",
            "plumb compare runs/october runs/november -o november.html",
            "plumb compare runs/a/audit.json runs/b/audit.json --format md -o -",
            "plumb compare runs/tuned runs/mended --json")
    {
        Arguments.Add(_first);
        Arguments.Add(_second);
        Option[] options = [.. _output.Options, _acrossJudges, _reveal, _json];
        foreach (var option in options) Options.Add(option);
    }

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var (first, second) = (arguments.GetValue(_first)!, arguments.GetValue(_second)!);
        var targets = _output.Read(arguments, usual: null);
        var isJson = arguments.GetValue(_json);
        if (isJson && targets.IsStandardOutput) throw new UsageException("--json and -o - both want standard output. Give -o a file, or leave one of them out.");

        var reveals = arguments.GetValue(_reveal);
        var comparison = RunComparer.Compare(
            AuditFile.Read(RunChoice.DocumentOf(first)),
            first,
            AuditFile.Read(RunChoice.DocumentOf(second)),
            second,
            arguments.GetValue(_acrossJudges));

        var code = VerdictExit.Of(comparison.Verdict.Outcome);
        var written = await targets.WriteAsync(comparison, new ReportOptions(Reveal: reveals), screen, cancellationToken);
        if (targets.IsStandardOutput) return code;
        if (isJson)
        {
            screen.Json(
                new ComparedCandidates(comparison.Between!, comparison.Rule, comparison.Verdict, comparison.Comparisons, comparison.Cautions, (int)code),
                ListingJsonContext.Default.ComparedCandidates);
            return code;
        }

        AuditSummary.Print(screen, comparison, reveals);
        screen.Line();
        foreach (var file in written) screen.Whole($"Report: {file}");
        screen.Line(ExitMeaning.LastLine(code));
        return code;
    }
}
