using System.CommandLine;
using Plumbline.Cli.Auditing;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Audits a candidate against its baseline.</summary>
internal sealed class AuditVerb : ConfiguredVerb
{
    private readonly Workshop _workshop;
    private readonly Option<bool> _exitZero = ExitZero.Option();

    public AuditVerb(Workshop workshop)
        : base(
            workshop,
            "audit",
            "Ask a baseline and a candidate the same prompts, judge both, and say whether alignment held.",
            "plumb audit --baseline bob --candidate bob+./tuned --suite jailbreak-250 -o runs/tuned",
            "plumb audit                                                            # all of it from plumbline.yaml",
            "plumb audit --baseline bob --candidate bob+./tuned --suite hazards,look-alikes,capability -o runs/full",
            "plumb audit --baseline ./llama --candidate ./llama-tuned.gguf --suite prompts.csv --column goal -o runs/llama",
            "plumb audit --baseline openai:gpt-4o-mini --candidate http://localhost:8080/v1#mine --suite prompts.jsonl --attack all -o runs/mine")
    {
        _workshop = workshop;
        Options.Add(_exitZero);
    }

    public override string AfterInterruption => "Run the same command again to go on: what was answered is kept, and not asked again.";

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        settings.RequireNames(needsOutput: true);
        var code = await new ConfiguredAudit(screen, _workshop, settings).RunAsync(settings.Output!, cancellationToken);
        screen.Line(ExitMeaning.LastLine(code));
        return ExitZero.Of(arguments.GetValue(_exitZero), code);
    }
}
