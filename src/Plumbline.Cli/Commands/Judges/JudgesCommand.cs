using System.CommandLine;
using Plumbline.Providers.Models;

namespace Plumbline.Cli.Commands.Judges;

/// <summary>The verbs about judges.</summary>
internal sealed class JudgesCommand : Command
{
    public JudgesCommand(ModelOpener opener)
        : base("judges", "List judges, and hold them against people's labels and against injected answers.")
    {
        Subcommands.Add(new JudgesListVerb());
        Subcommands.Add(new JudgesEvaluateVerb(opener));
    }
}
