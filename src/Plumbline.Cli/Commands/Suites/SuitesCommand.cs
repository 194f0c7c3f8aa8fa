using System.CommandLine;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>The verbs about suites.</summary>
internal sealed class SuitesCommand : Command
{
    public SuitesCommand()
        : base("suites", "Show suites, and import public prompt sets.")
    {
        Subcommands.Add(new SuitesListVerb());
        Subcommands.Add(new SuitesShowVerb());
        Subcommands.Add(new SuitesImportVerb());
        Subcommands.Add(new SuitesImportersVerb());
    }
}
