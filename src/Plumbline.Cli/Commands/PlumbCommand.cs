using System.CommandLine;
using System.CommandLine.Help;

namespace Plumbline.Cli.Commands;

/// <summary>The command line's root: every verb is registered here.</summary>
internal sealed class PlumbCommand : RootCommand
{
    public PlumbCommand(IEnumerable<Command> verbs)
        : base("Did fine-tuning break a chat model's safety alignment? Audits a baseline against a candidate and says so with intervals.")
    {
        foreach (var verb in verbs) Subcommands.Add(verb);
        var help = Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }
}
