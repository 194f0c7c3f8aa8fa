using System.CommandLine;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>The verbs about suites.</summary>
internal sealed class SuitesCommand : Command
{
    public SuitesCommand()
        : base("suites", "Import public prompt sets as suites.")
    {
        Subcommands.Add(new ImportVerb());
        Subcommands.Add(new ImportersVerb());
    }
}
