using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Says what an audit would ask, and asks nothing.</summary>
internal sealed class PlanVerb : ConfiguredVerb
{
    public PlanVerb(Workshop workshop)
        : base(workshop, "plan", "Say what an audit would ask: cases by suite, attack and category, calls, and what so many cases can show. Nothing is sent.", "plumb plan", "plumb plan --baseline bob --candidate bob+./tuned --suite jailbreak-250 --repeats 3")
    {
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        settings.RequireNames(needsOutput: false);
        PlanSummary.Print(screen, settings, AuditSetup.Of(settings));
        return Task.FromResult(ExitCode.Fine);
    }
}
