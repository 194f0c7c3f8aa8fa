using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Suites.Importing;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>Lists the sets that can be imported.</summary>
internal sealed class SuitesImportersVerb : Verb
{
    private readonly Option<bool> _json = JsonOption("an array of the forms");

    public SuitesImportersVerb()
        : base("importers", "List the public sets that can be imported, and what their files look like.", "plumb suites importers", "plumb suites importers --json") => Options.Add(_json);

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        ImportSummary.PrintSets(screen, SuiteImporters.Sets, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Fine);
    }
}
