using System.CommandLine;

namespace Plumbline.Cli.Commands.Bob;

/// <summary>The verbs about the model that ships.</summary>
internal sealed class BobCommand : Command
{
    public BobCommand()
        : base("bob", "About bob, the model that ships.") => Subcommands.Add(new BobForgeVerb());
}
