using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Listings;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;

namespace Plumbline.Cli.Commands;

/// <summary>Tells about the program and where it runs, without a secret.</summary>
internal sealed class DoctorVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Option<bool> _json = JsonOption("findings and problems");

    public DoctorVerb(Workshop workshop)
        : base("doctor", "Report on the program and its surroundings, to be sent along with a question: versions, machine, settings, which keys are set. Never a key's value.", "plumb doctor", "plumb doctor --json")
    {
        _workshop = workshop;
        Options.Add(_json);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var report = Surroundings.Report(_workshop);
        if (arguments.GetValue(_json))
        {
            screen.Json(report, ListingJsonContext.Default.DoctorReport);
        }
        else
        {
            var width = report.Findings.Max(finding => finding.Key.Length);
            foreach (var (name, value) in report.Findings) screen.Sentence(value, $"{name.PadRight(width)}  ");
            foreach (var problem in report.Problems) screen.Sentence(problem, "PROBLEM: ");
            if (report.Problems.Count == 0) screen.Line("Nothing is amiss.");
        }

        return Task.FromResult(report.Problems.Count == 0 ? ExitCode.Fine : ExitCode.Failure);
    }
}
