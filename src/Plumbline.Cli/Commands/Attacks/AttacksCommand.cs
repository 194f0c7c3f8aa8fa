using System.CommandLine;

namespace Plumbline.Cli.Commands.Attacks;

/// <summary>The verbs about attacks.</summary>
internal sealed class AttacksCommand : Command
{
    public AttacksCommand()
        : base("attacks", "List the attacks.") => Subcommands.Add(new AttacksListVerb());
}
