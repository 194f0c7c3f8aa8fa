using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Suites;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>Lists the built-in suites.</summary>
internal sealed class SuitesListVerb : Verb
{
    private readonly Option<bool> _json = JsonOption("an array of the suites");

    public SuitesListVerb()
        : base("list", "List the built-in suites.", "plumb suites list", "plumb suites list --json") => Options.Add(_json);

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        SuiteSummary.PrintAll(screen, [.. BuiltInSuites.All.Select(suite => SuiteListing.Of(BuiltInSuites.Load(suite.Name), suite.Description))], arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Fine);
    }
}
