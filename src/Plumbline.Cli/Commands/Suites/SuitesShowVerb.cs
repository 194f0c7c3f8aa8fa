using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Suites;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>Shows what a suite holds and where it comes from.</summary>
internal sealed class SuitesShowVerb : Verb
{
    private readonly Argument<string> _suite = new("SUITE") { Description = "A built-in suite, a .jsonl file, or a .csv file with --column." };
    private readonly Option<string?> _column = new("--column") { Description = "The column of a CSV suite that holds the prompts.", HelpName = "NAME" };
    private readonly Option<bool> _prompts = new("--prompts") { Description = "Print every prompt too." };
    private readonly Option<bool> _json = JsonOption("what the suite is, and with --prompts its prompts");

    public SuitesShowVerb()
        : base("show", "Show what a suite holds, and where it comes from.", "plumb suites show hazards", "plumb suites show xstest.jsonl --prompts", "plumb suites show xstest.jsonl --json")
    {
        Arguments.Add(_suite);
        foreach (var option in new Option[] { _column, _prompts, _json }) Options.Add(option);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var suite = SuiteChoice.Load(arguments.GetValue(_suite)!, arguments.GetValue(_column));
        foreach (var note in suite.Notes) screen.Note(note);
        var listing = SuiteListing.Of(suite, BuiltInSuites.All.FirstOrDefault(builtIn => builtIn.Name == suite.Name && builtIn.Version == suite.Version)?.Description);
        SuiteSummary.Print(screen, listing, arguments.GetValue(_prompts) ? suite.Prompts : [], arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Fine);
    }
}
