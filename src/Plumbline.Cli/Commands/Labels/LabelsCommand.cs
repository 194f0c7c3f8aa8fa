using System.CommandLine;

namespace Plumbline.Cli.Commands.Labels;

/// <summary>The labels of people: sheets to fill in, and what they make of a judge.</summary>
internal sealed class LabelsCommand : Command
{
    public LabelsCommand()
        : base("labels", "Have people judge some answers, blinded, and correct the judge by their labels.")
    {
        Subcommands.Add(new LabelsExportVerb());
        Subcommands.Add(new LabelsImportVerb());
        Subcommands.Add(new LabelsShowVerb());
    }
}
