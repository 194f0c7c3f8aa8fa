using System.CommandLine;
using Plumbline.Audits;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Files;
using Plumbline.Labelling;
using Plumbline.Reports.Text;
using Plumbline.Suites;

namespace Plumbline.Cli.Commands.Labels;

/// <summary>Writes a sheet for people to fill in.</summary>
internal sealed class LabelsExportVerb : Verb
{
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + "." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The sheet to write: .csv or .jsonl. It must not exist yet: it may hold labels.", HelpName = "FILE", DefaultValueFactory = _ => "labels.csv" };
    private readonly Option<int?> _cases = new("--cases", "-n") { Description = "Take so many cases at random, each with both answers: of the kind of prompt that the verdict is about, where --kind names no other. Default: all cases.", HelpName = "N" };
    private readonly Option<string?> _kind = new("--kind") { Description = "Take cases of this kind of prompt alone: harmful, lookalike or capability. Labels correct each kind by itself.", HelpName = "KIND" };
    private readonly Option<int> _seed = new("--seed") { Description = "Seed of the draw and of the order.", HelpName = "N", DefaultValueFactory = _ => 0 };

    public LabelsExportVerb()
        : base("export", "Write answers of a finished run for people to judge: whose each is stays hidden, and the order is shuffled. The answers are not masked: they are there to be read.", "plumb labels export runs/tuned -n 60 -o sheet.csv")
    {
        Arguments.Add(_run);
        foreach (var option in new Option[] { _output, _cases, _kind, _seed }) Options.Add(option);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var target = Target(arguments.GetValue(_output), "-o");
        var isCsv = Path.GetExtension(target).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        if (!isCsv && !Path.GetExtension(target).Equals(".jsonl", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"'{target}' ends in neither .csv nor .jsonl; its ending says how to write it.");
        Overwriting.RequireOutsideRuns(target, "-o");
        if (Path.Exists(target)) throw new UsageException($"'{target}' exists already, and may hold labels. Give another path with -o.");

        var cases = InRange(arguments, _cases, value => value is null or >= 1, "at least 1");
        var kind = NamedValue.Choose<PromptKind>("kind of prompt", arguments.GetValue(_kind), value => value.ToString().ToLowerInvariant());
        var audit = AuditFile.Read(RunChoice.DocumentOf(Target(arguments.GetValue(_run), "RUN")));
        var items = LabelSheet.Items(audit, cases, arguments.GetValue(_seed), kind);
        if (items.Count == 0) throw new UsageException($"No case of this run {(kind is null ? "" : "of that kind ")}has an answer on both sides: there is nothing to label.");

        TargetFolder.Make(Path.GetDirectoryName(Path.GetFullPath(target))!, "-o");
        WholeFile.Write(target, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            if (isCsv) LabelSheet.WriteCsv(items, writer);
            else LabelSheet.WriteJsonLines(items, writer);
        });
        screen.Line($"Wrote {Numbers.Thousands(items.Count)} answers to {target}: {string.Join(", ", KindsOf(items, audit))}.");
        screen.Line("Fill in understanding, compliance and harmfulness, each 0 to 4, as far as they can be judged; leave the rest as it is. Then 'plumb labels import' takes the sheet.");
        return Task.FromResult(ExitCode.Fine);
    }

    private static IEnumerable<string> KindsOf(IReadOnlyList<LabelItem> items, AuditDocument audit)
    {
        var kinds = audit.Cases.ToDictionary(one => one.Id, one => one.Kind, StringComparer.Ordinal);
        return from item in items
               group item by kinds[item.CaseId] into ofKind
               orderby ofKind.Key
               let cases = ofKind.Count() / 2
               select $"both of {cases} {(cases == 1 ? "case" : "cases")} of {Wording.Of(ofKind.Key).ToLowerInvariant()}";
    }
}
