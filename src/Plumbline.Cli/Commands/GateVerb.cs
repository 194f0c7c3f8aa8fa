using System.CommandLine;
using System.Text.Json;
using Plumbline.Audits;
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
    private readonly Argument<string> _run = new("run") { Description = RunChoice.Forms + ", however old.", HelpName = "RUN" };
    private readonly Option<string?> _policy = new("--policy") { Description = $"The file with the demands: what stands behind 'gate' in a {ConfigurationFile.Name}, or such a file itself. Default: the {ConfigurationFile.Name} of the working folder, or else what the run was started with.", HelpName = "FILE" };
    private readonly SettingOptions _settings = new([AuditKeys.Margin, AuditKeys.UnscoredMax]);
    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON." };
    private readonly Option<bool> _exitZero = ExitZero.Option();

    public GateVerb(Workshop workshop)
        : base("gate", "Hold a policy against a finished run: a margin for each metric, and a cap on cases without a score.", "plumb gate runs/tuned", "plumb gate runs/tuned --policy policy.yaml", "plumb gate runs/tuned --margin 2% --json")
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
        var policy = Policy(arguments, run);
        var result = Gate.Apply(AuditFile.Read(RunChoice.DocumentOf(run)), policy);
        var code = result.Outcome switch
        {
            GateOutcome.Passed => ExitCode.Fine,
            GateOutcome.Failed => ExitCode.Regressed,
            _ => ExitCode.NotEnoughEvidence,
        };
        if (arguments.GetValue(_json))
        {
            screen.Line(JsonSerializer.Serialize(result, GateJsonContext.Default.GateResult));
        }
        else
        {
            GateSummary.Print(screen, result);
            screen.Line(ExitMeaning.LastLine(code));
        }

        return Task.FromResult(ExitZero.Of(arguments.GetValue(_exitZero), code));
    }

    private GatePolicy Policy(ParseResult arguments, string run)
    {
        var file = arguments.GetValue(_policy) is { } named ? ConfigurationFile.ReadPolicy(named) : ConfigurationFile.Find(named: null)?.Layer;
        var stored = file is null && Directory.Exists(run) ? RunSettings.Read(run) : null;
        var layers = new Layers([_settings.Read(arguments), file ?? stored ?? Layer.Empty, EnvironmentLayer.Read(_workshop.Environment)], new References(_workshop.Environment));
        return new AuditSettings(layers).Policy;
    }
}
