using System.CommandLine;
using System.Globalization;
using Plumbline.Audits;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Choices;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Gates;

namespace Plumbline.Cli.Commands;

/// <summary>Holds a policy against a finished run.</summary>
internal sealed class GateVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _run = new("RUN") { Description = RunChoice.Forms + ", however old." };
    private readonly Option<string?> _policy = new("--policy") { Description = $"The file with the demands: what stands behind 'gate' in a {ConfigurationFile.Name}, or such a file itself. Default: the {ConfigurationFile.Name} of the working folder, or else what the run was started with.", HelpName = "FILE" };
    private readonly SettingOptions _settings = new([AuditKeys.Margin, AuditKeys.UnscoredMax]);
    private readonly Option<bool> _json = JsonOption("the outcome, and a line for each demand");
    private readonly Option<bool> _exitZero = ExitZero.Option();

    public GateVerb(Workshop workshop)
        : base("gate", "Hold a policy against a run: for each metric a margin for its change and a limit for the candidate alone, and a cap on cases without a score. A run that is not finished passes nothing.", "plumb gate runs/tuned", "plumb gate runs/tuned --policy policy.yaml", "plumb gate runs/tuned --margin 2% --json")
    {
        _workshop = workshop;
        Arguments.Add(_run);
        Options.Add(_policy);
        _settings.AddTo(this);
        Options.Add(_json);
        Options.Add(_exitZero);
    }

    public override Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var run = Target(arguments.GetValue(_run), "RUN");
        var (audit, isResult) = UnfinishedRun.Look(run, _workshop, screen.Note);
        // What an unfinished run shows is by its own.
        var own = isResult ? OwnJudge.Of(run, _workshop.Environment) : null;
        var result = Gate.Apply(audit, Policy(arguments, run, audit), isResult);
        result = result with { Judge = result.Judge! with { Own = own?.IsOf(audit) == false ? own.Id : null } };
        var code = result.Outcome switch
        {
            GateOutcome.Passed => ExitCode.Fine,
            GateOutcome.Failed => ExitCode.Regressed,
            _ => ExitCode.NotEnoughEvidence,
        };
        if (arguments.GetValue(_json))
        {
            screen.Json(result, GateJsonContext.Default.GateResult);
        }
        else
        {
            GateSummary.Print(screen, result, OwnJudge.WhatIsToSayOfOther(own, audit), howToFinish: result.Pending == 0 ? null : UnfinishedRun.HowToFinish(run));
            screen.Line(result.Outcome == GateOutcome.Failed ? ExitMeaning.LineOf(code, "a demand of the gate is broken") : ExitMeaning.LastLine(code, "every demand of the gate is kept"));
        }

        return Task.FromResult(ExitZero.Of(arguments.GetValue(_exitZero), code));
    }

    private GatePolicy Policy(ParseResult arguments, string run, AuditDocument audit)
    {
        var file = arguments.GetValue(_policy) is { } named ? (Path: named, Layer: ConfigurationFile.ReadPolicy(named)) : ConfigurationFile.Find(named: null);
        var stored = file is null && Directory.Exists(run) ? AsPlanned(RunSettings.Read(run), audit) : null;
        var layers = new Layers([_settings.Read(arguments), file?.Layer ?? stored ?? Layer.Empty, _workshop.Settings], new References(_workshop.Environment));
        var settings = new AuditSettings(layers);
        return settings.Policy with { Sources = Sources(settings, file?.Path) };
    }

    /// <summary>Where the policy was stated. The file that was looked into is among it even where it states nothing: it stands in the place of what the run was started with.</summary>
    private static List<GateSource> Sources(AuditSettings settings, string? file)
    {
        List<GateSource> sources = [.. settings.StatedPolicy.GroupBy(stated => PlaceOf(stated.Origin)).Select(place => new GateSource(place.Key, [.. place.Select(stated => stated.Name)]))];
        if (file is not null && sources.TrueForAll(source => source.Place != file)) sources.Add(new GateSource(file, []));
        return sources;

        string PlaceOf(Origin origin) => origin.Kind switch
        {
            OriginKind.File => file!,
            OriginKind.Run => "what the run was started with",
            _ => origin.Place,
        };
    }

    /// <summary>What the run was started with: a margin or cap that came later is the settings' now, and not the gate's.</summary>
    private static Layer? AsPlanned(Layer? stored, AuditDocument audit)
    {
        if (stored is null || audit.PlannedRule is not { } planned) return stored;

        var values = new Dictionary<string, Given>(stored.Values, StringComparer.Ordinal);
        var rule = DecisionRule.Of(planned);
        foreach (var (key, share) in new[] { (AuditKeys.Margin.Key, rule.Margin), (AuditKeys.UnscoredMax.Key, rule.UnscoredCap) })
        {
            if (values.TryGetValue(key, out var given)) values[key] = given with { Text = share.ToString(CultureInfo.InvariantCulture) };
        }

        return new Layer(values);
    }
}
