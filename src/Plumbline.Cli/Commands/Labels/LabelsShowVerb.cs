using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Labelling;

namespace Plumbline.Cli.Commands.Labels;

/// <summary>Says what a run's labels make of its judge.</summary>
internal sealed class LabelsShowVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Option<string?> _rater = new("--rater") { Description = "Whose labels alone, where several have labelled; without it everybody's.", HelpName = "NAME" };

    private readonly Option<bool> _json = JsonOption("judge, rater, level, and comparisons as in audit.json (labelled): kind, event, labelled, agreement, changed, caution, difference and more. Where several have labelled these are the first's, and others has a rater and comparisons for each other one; raterAgreement where two labelled the same answers");

    public LabelsShowVerb()
        : base("show", "Say how far people and judge agree, and what the difference between the sides is, corrected by the labels.", "plumb labels show runs/tuned")
    {
        Arguments.Add(_run);
        Options.Add(_rater);
        Options.Add(_json);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var (folder, rater) = (Target(arguments.GetValue(_run), "RUN"), GivenName(arguments, _rater));
        RunChoice.DocumentOf(folder);
        var everybody = HumanLabels.In(folder);
        IReadOnlyList<HumanLabels> people = rater is not null ? [new HumanLabels(rater)] : everybody.Count > 0 ? everybody : [new HumanLabels()];
        if (arguments.GetValue(_json)) LabelSummary.PrintJson(screen, folder, people);
        else LabelSummary.Print(screen, folder, people, everybody);
        return Task.FromResult(ExitCode.Fine);
    }
}
