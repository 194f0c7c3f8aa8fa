using System.CommandLine;
using Microsoft.Extensions.AI;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Values;
using Plumbline.Files;
using Plumbline.Judges.Panels;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Providers.Pacing;

namespace Plumbline.Cli.Commands.Judges;

/// <summary>The options of verbs that ask judges and nobody else.</summary>
internal sealed class JudgeOptions
{
    private readonly Option<string[]> _judges = new("--judge") { Description = $"Who scores: {JudgeChoice.Forms}; several for a panel, with commas between or the option again.", Required = true, HelpName = "JUDGE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _panel = new("--panel") { Description = "How several judges become one: majority (the default), mean or any.", HelpName = "RULE" };
    private readonly Option<int> _maxConcurrency = new("--max-concurrency", "-j") { Description = "The most calls in flight to one model; an endpoint that refuses so many gets fewer.", HelpName = "N", DefaultValueFactory = _ => new PacerOptions().MaxConcurrency };
    private readonly Option<int> _maxRetries = new("--max-retries") { Description = "How often a call to an endpoint is repeated after 429, 5xx, a timeout or a broken connection; 0 for never.", HelpName = "N", DefaultValueFactory = _ => new PacerOptions().MaxRetries };
    private readonly Option<double> _timeout = new("--timeout") { Description = "How long an endpoint may take for one answer.", HelpName = "SECONDS", DefaultValueFactory = _ => new PacerOptions().AttemptTimeout.TotalSeconds };
    private readonly Option<string> _registry = new("--registry") { Description = "The file with what is known of judges.", HelpName = "FILE", DefaultValueFactory = _ => Plumbline.Judges.Evaluation.JudgeRegistry.FileName };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _judges, _panel, _maxConcurrency, _maxRetries, _timeout, _registry }) command.Options.Add(option);
    }

    /// <summary>The registry's path.</summary>
    public string Registry(ParseResult arguments) => arguments.GetValue(_registry) is { Length: > 0 } path ? path : throw new UsageException("--registry is empty; it must be a path.");

    /// <summary>How calls are paced, checked, and within what may be open at once.</summary>
    public PacerOptions Pacing(ParseResult arguments, Screen screen) => OpenCalls.Within(Asked(arguments), Names(arguments).Length, OpenFiles.Limit, screen);

    private PacerOptions Asked(ParseResult arguments)
    {
        var usual = new PacerOptions();
        var timeout = TimeSpan.FromSeconds(Verb.InRange(arguments, _timeout, value => value is > 0 and <= 86400, "above 0 and at most 86400"));
        return usual with
        {
            MaxConcurrency = Verb.InRange(arguments, _maxConcurrency, value => value is >= 1 and <= 4096, "1 to 4096"),
            MaxRetries = Verb.InRange(arguments, _maxRetries, value => value is >= 0 and <= 100, "0 to 100"),
            AttemptTimeout = timeout,
            TotalDeadline = timeout * 3 > usual.TotalDeadline ? timeout * 3 : usual.TotalDeadline,
        };
    }

    /// <summary>Refuses names that mean nothing, before anything else is done.</summary>
    public void Check(ParseResult arguments)
    {
        var names = Names(arguments);
        if (names.FirstOrDefault(name => name.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            throw NearestName.Unknown("option", unknown, arguments.CommandResult.Command.Options.Select(option => option.Name));
        JudgeChoice.Check(names, Panel(arguments));
    }

    /// <summary>Opens the judges.</summary>
    public OpenedJudge Open(ParseResult arguments, IReadOnlyList<ModelFacts> targets, bool allowsSelf, ModelOpener opener, PacerPool pacers, Func<OpenedModel, IChatClient>? clientOf = null) =>
        JudgeChoice.Open(Names(arguments), Panel(arguments), targets, allowsSelf, opener, pacers, clientOf);

    private string[] Names(ParseResult arguments) => [.. arguments.GetValue(_judges)!.SelectMany(ListText.Split)];

    private PanelRule? Panel(ParseResult arguments) => NamedValue.Choose<PanelRule>("panel rule", arguments.GetValue(_panel), rule => rule.ToString().ToLowerInvariant());
}
