using System.CommandLine;
using Plumbline.Cases;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Says what an audit would ask, and asks nothing.</summary>
internal sealed class PlanVerb : ConfiguredVerb
{
    private readonly Workshop _workshop;

    public PlanVerb(Workshop workshop)
        : base(workshop, "plan", "Say what an audit would ask: cases by suite, attack and category, calls, what so many cases can show, and what they will cost. Nothing is sent.", "plumb plan", "plumb plan --baseline bob --candidate bob+./tuned --suite jailbreak-250 --repeats 3")
    {
        _workshop = workshop;
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        settings.RequireNames(needsOutput: false);
        var setup = AuditSetup.Of(settings);
        var cases = CasePlanner.Plan(setup.Suite, setup.Attacks, setup.Sampling, setup.CaseLimit);
        var taken = ExpectedReuse.Of(_workshop, settings, setup, cases);
        PlanSummary.Print(screen, settings, setup, cases, taken);
        PowerSummary.Print(screen, setup, cases);
        CostTable.Print(screen, ExpectedCost.Of(settings, setup, cases, taken));
        return Task.FromResult(ExitCode.Fine);
    }
}
