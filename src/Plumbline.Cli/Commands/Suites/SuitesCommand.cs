using System.CommandLine;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>The verbs about suites.</summary>
internal sealed class SuitesCommand : Command
{
    public SuitesCommand()
        : base("suites", "Show suites, and import public prompt sets.")
    {
        Subcommands.Add(new ListSuitesVerb());
        Subcommands.Add(new ShowSuiteVerb());
        Subcommands.Add(new ImportVerb());
        Subcommands.Add(new ImportersVerb());
    }
}
