using System.CommandLine;
using System.CommandLine.Help;
using Plumbline.Cli.Commands.Attacks;
using Plumbline.Cli.Commands.Bob;
using Plumbline.Cli.Commands.Judges;
using Plumbline.Cli.Commands.Labels;
using Plumbline.Cli.Commands.Models;
using Plumbline.Cli.Commands.Reports;
using Plumbline.Cli.Commands.Runs;
using Plumbline.Cli.Commands.Suites;
using Plumbline.Cli.Setup;

namespace Plumbline.Cli.Commands;

/// <summary>
/// The command line's root. To add a verb, write its file in this folder and name it here. The verbs below a word stand in a folder of its own, each called
/// after both (<c>plumb runs list</c> is <c>RunsListVerb</c>), and are named in the word's own file there.
/// </summary>
internal sealed class PlumbCommand : RootCommand
{
    /// <summary>The files with variables of the environment; known to every verb, and read before it.</summary>
    public Option<string[]> EnvironmentFiles { get; } = EnvironmentChoice.Option();

    public PlumbCommand(Workshop workshop)
        : base("Did fine-tuning break a chat model's safety alignment? Audits a baseline against a candidate and says so with intervals.")
    {
        Command[] verbs =
        [
            new DemoVerb(workshop.Opener),
            new InitVerb(),
            new CheckVerb(workshop),
            new PlanVerb(workshop),
            new AuditVerb(workshop),
            new ResumeVerb(workshop),
            new GateVerb(workshop),
            new ReportVerb(workshop),
            new CompareVerb(),
            new RecordVerb(),
            new JudgeVerb(workshop.Opener),
            new JudgesCommand(workshop.Opener),
            new TuneVerb(),
            new ServeModelVerb(workshop),
            new ModelCommand(workshop.Opener),
            new RunsCommand(workshop),
            new LabelsCommand(),
            new SuitesCommand(),
            new AttacksCommand(),
            new BobCommand(),
            new DoctorVerb(workshop),
        ];
        foreach (var verb in verbs) Subcommands.Add(verb);
        Options.Add(EnvironmentFiles);
        var help = Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }
}
