using System.CommandLine;

namespace Plumbline.Cli.Commands.Runs;

/// <summary>What there is to do with runs that are there.</summary>
internal sealed class RunsCommand : Command
{
    public RunsCommand()
        : base("runs", "List, show, export and delete runs.")
    {
        Subcommands.Add(new RunsListVerb());
        Subcommands.Add(new RunsShowVerb());
        Subcommands.Add(new RunsExportVerb());
        Subcommands.Add(new RunsDeleteVerb());
    }
}
