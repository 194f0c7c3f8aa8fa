using System.CommandLine;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Commands.Models;

/// <summary>The verbs about one model.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand(ModelOpener opener)
        : base("model", "Look into a model, let it answer, score it, convert it.")
    {
        Subcommands.Add(new ModelInspectVerb());
        Subcommands.Add(new ModelGenerateVerb(opener));
        Subcommands.Add(new ModelScoreVerb());
        Subcommands.Add(new ModelConvertVerb());
    }
}
