using System.CommandLine;
using Plumbline.Archive;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Runs;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Commands;

/// <summary>Goes on with a run by its folder alone.</summary>
internal sealed class ResumeVerb : Verb
{
    private readonly Workshop _workshop;
    private readonly Argument<string> _run = new("RUN") { Description = "The run's folder." };
    private readonly SettingOptions _settings = new([AuditKeys.AllowMismatch, AuditKeys.MaxConcurrency, AuditKeys.MaxRetries, AuditKeys.Timeout, AuditKeys.RequestsPerMinute, AuditKeys.TokensPerMinute, AuditKeys.Prices, AuditKeys.Budget, AuditKeys.Reveal]);
    private readonly Option<bool> _exitZero = ExitZero.Option();

    public ResumeVerb(Workshop workshop)
        : base("resume", "Go on with an audit that was stopped, by Ctrl-C, its budget or a power cut: its folder remembers what it was started with. Answered cases are not asked again.", "plumb resume runs/tuned", "plumb resume runs/tuned --budget 50", "plumb resume runs/tuned --max-concurrency 4")
    {
        _workshop = workshop;
        Arguments.Add(_run);
        _settings.AddTo(this);
        Options.Add(_exitZero);
    }

    public override string AfterInterruption => "Run the same command again to go on: what was answered is kept, and not asked again.";

    public override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var folder = Target(arguments.GetValue(_run), "RUN");
        if (!Directory.Exists(folder)) throw new UsageException($"There is no run '{folder}'. Give the folder that 'plumb audit -o' was given.");

        var stored = RunSettings.Read(folder)
            ?? throw new UsageException($"The folder '{folder}' does not say what its run was started with: there is no {RunSettings.Name} in it. If it holds a run, the command that began it goes on with it.");
        RequirePlan(folder);
        var given = _settings.Read(arguments);
        var settings = new AuditSettings(new Layers([given, stored], new References(_workshop.Environment)));
        // Another judge's result has a bill that was made without these.
        var changesBill = given.Under(AuditKeys.Prices.Key).Any() || given.Under(AuditKeys.Budget.Key).Any();
        var code = await new ConfiguredAudit(screen, _workshop, settings) { KeepsOtherJudge = !changesBill }.RunAsync(folder, cancellationToken);
        screen.Line(ExitMeaning.LastLine(code));
        return ExitZero.Of(arguments.GetValue(_exitZero), code);
    }

    /// <summary>A run that was only prepared has no plan yet, and nothing else that one would have.</summary>
    private static void RequirePlan(string folder)
    {
        if (RunSite.Strangers(folder).Count > 0 && RunSite.HoldsRun(folder))
            throw new UsageException($"The run in '{folder}' has lost its plan.json, which says what was asked. Restore it from a copy; the answers are in the journal beside it.");
    }
}
