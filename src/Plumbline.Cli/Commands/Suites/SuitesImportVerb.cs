using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Values;
using Plumbline.Suites;
using Plumbline.Suites.Importing;

namespace Plumbline.Cli.Commands.Suites;

/// <summary>Makes a suite from a public set's file that the user has.</summary>
internal sealed class SuitesImportVerb : Verb
{
    private readonly Argument<string> _name = new("NAME") { Description = "The set: 'plumb suites importers' lists them. 'table' is any file with a column of prompts." };
    private readonly Option<string[]> _from = new("--from") { Description = "Your copy of the set: its file, several files, or its folder. Nothing is downloaded.", HelpName = "PATH", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The suite to write; it must not exist yet.", Required = true, HelpName = "FILE.jsonl" };
    private readonly Option<int?> _take = new("--take") { Description = "Take only so many prompts, evenly over categories.", HelpName = "N" };
    private readonly Option<long> _seed = new("--seed") { Description = "Seed of that draw.", HelpName = "N", DefaultValueFactory = _ => 0 };
    private readonly Option<string?> _revision = new("--revision") { Description = "The revision of your copy, to be recorded.", HelpName = "TEXT" };
    private readonly Option<string?> _column = new("--column") { Description = "The column, field or variable of the prompts (table, inspect, promptfoo).", HelpName = "NAME" };
    private readonly Option<string?> _categoryColumn = new("--category-column") { Description = "The column of the categories (the same).", HelpName = "NAME" };
    private readonly Option<string?> _answerColumn = new("--answer-column") { Description = "The column of the expected answers of tasks (the same).", HelpName = "NAME" };
    private readonly Option<string?> _groupColumn = new("--group-column") { Description = "The column whose equal values say that prompts are variants of one another (the same).", HelpName = "NAME" };
    private readonly Option<string?> _kind = new("--kind") { Description = "What the prompts are, where the file does not tell: harmful, lookalike or capability (the same).", HelpName = "KIND" };
    private readonly Option<bool> _json = JsonOption("the provenance");

    public SuitesImportVerb()
        : base(
            "import",
            "Make a suite from a public set's file, with its provenance.",
            "plumb suites import advbench --from harmful_behaviors.csv -o advbench.jsonl",
            "plumb suites import jailbreakbench --from harmful-behaviors.csv --from benign-behaviors.csv -o jbb.jsonl",
            "plumb suites import mmlu --from mmlu/test --take 570 -o mmlu-570.jsonl",
            "plumb suites import table --from mine.csv --column text --kind lookalike -o mine.jsonl")
    {
        Arguments.Add(_name);
        foreach (var option in new Option[] { _from, _output, _take, _seed, _revision, _column, _categoryColumn, _answerColumn, _groupColumn, _kind, _json }) Options.Add(option);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var name = arguments.GetValue(_name)!;
        if (!SuiteImporters.Sets.Any(set => set.Name == name)) throw NearestName.Unknown("importer", name, SuiteImporters.Sets.Select(set => set.Name), "Any other file of prompts is imported as 'table'.");

        var target = Target(arguments.GetValue(_output), "-o");
        if (!Path.GetExtension(target).Equals(".jsonl", StringComparison.OrdinalIgnoreCase)) throw new UsageException($"'{target}' does not end in .jsonl, as a suite file does.");
        if (Path.Exists(target)) throw new UsageException($"'{target}' exists already. Give a path that does not, so that nothing is overwritten.");

        var suite = SuiteImport.Read(name, [.. (arguments.GetValue(_from) ?? []).SelectMany(ListText.Split)], new ImportOptions
        {
            Revision = arguments.GetValue(_revision),
            PromptColumn = arguments.GetValue(_column),
            CategoryColumn = arguments.GetValue(_categoryColumn),
            AnswerColumn = arguments.GetValue(_answerColumn),
            GroupColumn = arguments.GetValue(_groupColumn),
            Kind = NamedValue.Choose<PromptKind>("kind", arguments.GetValue(_kind), kind => kind.ToString().ToLowerInvariant()),
            Take = InRange(arguments, _take, value => value is null or >= 1, "at least 1"),
            Seed = arguments.GetValue(_seed),
        });
        if (Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder) Directory.CreateDirectory(folder);
        SuiteWriter.Write(target, suite);

        ImportSummary.Print(screen, suite, target, arguments.GetValue(_json));
        return Task.FromResult(ExitCode.Fine);
    }
}
