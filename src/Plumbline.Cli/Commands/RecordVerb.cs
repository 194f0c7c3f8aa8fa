using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Pairs;
using Plumbline.Providers.Recorded;
using Plumbline.Reports.Text;
using Plumbline.Runs;

namespace Plumbline.Cli.Commands;

/// <summary>Writes a run's answers down as recordings that stand in for its models.</summary>
internal sealed class RecordVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "An empty folder for baseline.jsonl and candidate.jsonl.", Required = true, HelpName = "DIR" };

    public RecordVerb()
        : base(
            "record",
            "Write a run's answers down as recorded:FILE.jsonl takes them, so that the audit can be done again, by another judge or rule, without its models.",
            "plumb record runs/mine -o recordings",
            "plumb audit --baseline recorded:recordings/baseline.jsonl --candidate recorded:recordings/candidate.jsonl --suite hazards -o runs/again")
    {
        Arguments.Add(_run);
        Options.Add(_output);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Target(arguments.GetValue(_run), "RUN");
        if (!File.Exists(Path.Combine(folder, "plan.json"))) throw new UsageException($"The folder '{folder}' holds no run. Give the folder that 'plumb audit -o' wrote.");
        var target = EmptyFolder(arguments.GetValue(_output), "-o");

        using var run = RunFolder.Open(folder);
        var plan = run.ReadPlan() ?? throw new UsageException($"The folder '{folder}' holds no plan.");
        using var journal = run.OpenJournal(plan, AuditRunner.ToolVersion, screen.Time);
        foreach (var side in Enum.GetValues<Side>())
        {
            var path = Path.Combine(target, side.ToString().ToLowerInvariant() + ".jsonl");
            var written = RecordingWriter.Write(path, plan, journal.State, side);
            screen.Whole($"{path}: {Numbers.Thousands(written)} answers of {(side == Side.Baseline ? plan.Baseline : plan.Candidate).Name}");
        }

        return Task.FromResult(ExitCode.Fine);
    }
}
