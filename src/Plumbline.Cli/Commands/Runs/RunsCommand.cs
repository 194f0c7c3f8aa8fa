using System.CommandLine;
using Plumbline.Cli.Setup;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>What there is to do with runs that are there.</summary>
internal sealed class RunsCommand : Command
{
    public RunsCommand(Workshop workshop)
        : base("runs", "List, show, export and delete runs.")
    {
        Subcommands.Add(new RunsListVerb(workshop));
        Subcommands.Add(new RunsShowVerb(workshop));
        Subcommands.Add(new RunsExportVerb());
        Subcommands.Add(new RunsDeleteVerb());
    }
}
