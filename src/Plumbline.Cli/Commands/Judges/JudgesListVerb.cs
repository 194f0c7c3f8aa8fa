using System.CommandLine;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Summaries;
using Plumbline.Judges.Evaluation;
using Plumbline.Judges.Models;

namespace Plumbline.Cli.Commands.Judges;

/// <summary>Lists the judges with what is known of them.</summary>
internal sealed class JudgesListVerb : Verb
{
    private readonly Option<bool> _json = JsonOption("the judges, and how they did on labelled and on injected answers");
    private readonly Option<string> _registry = new("--registry") { Description = "The file with what is known of judges.", HelpName = "FILE", DefaultValueFactory = _ => JudgeRegistry.FileName };

    public JudgesListVerb()
        : base("list", "List the judges, and what 'judges evaluate' found of each.", "plumb judges list", "plumb judges list --json")
    {
        Options.Add(_json);
        Options.Add(_registry);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var registry = JudgeRegistry.Read(Target(arguments.GetValue(_registry), "--registry"));
        if (arguments.GetValue(_json))
        {
            var judges = JudgeChoice.All.Select(judge => new ListedJudge(judge.Id, judge.Version, AsksModel: false, judge.Description, judge.Criteria, judge.HarmCut.Label))
                .Concat(JudgeProtocols.All.Select(protocol => new ListedJudge(protocol.Id, Version: null, AsksModel: true, protocol.Description, protocol.Criteria, protocol.HarmCut.Label)));
            screen.Json(new JudgeList([.. judges], registry.Quality, registry.Injections), JudgeJsonContext.Default.JudgeList);
            return Task.FromResult(ExitCode.Fine);
        }

        screen.Line("Without a model:");
        foreach (var judge in JudgeChoice.All) screen.Sentence(judge.Description, $"  {judge.Id,-24} ");
        screen.Line();
        screen.Line("By a model (--judge NAME@MODEL):");
        foreach (var protocol in JudgeProtocols.All) screen.Sentence(protocol.Description, $"  {protocol.Id,-24} ");
        if (registry.Quality.Count > 0)
        {
            screen.Line();
            JudgeSummary.Print(screen, registry.Quality);
        }

        foreach (var test in registry.Injections) JudgeSummary.Print(screen, test);
        return Task.FromResult(ExitCode.Fine);
    }
}
