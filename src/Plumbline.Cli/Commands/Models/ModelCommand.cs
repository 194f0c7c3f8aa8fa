using System.CommandLine;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Commands.Models;

/// <summary>The verbs about one model.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand(ModelOpener opener)
        : base("model", "Look into a model, let it answer, score it, convert it.")
    {
        Subcommands.Add(new InspectVerb());
        Subcommands.Add(new GenerateVerb(opener));
        Subcommands.Add(new ScoreVerb());
        Subcommands.Add(new ConvertVerb());
    }
}
