using System.CommandLine;
using Plumbline.Cases;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Planning;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;

namespace Plumbline.Cli.Commands;

/// <summary>Says what an audit would ask, and asks nothing.</summary>
internal sealed class PlanVerb : ConfiguredVerb
{
    private readonly Workshop _workshop;
    private readonly Option<bool> _json = JsonOption("what is asked, what so many cases can show, and what they will cost ('docs/formats.md')");

    public PlanVerb(Workshop workshop)
        : base(workshop, "plan", "Say what an audit would ask: cases by suite, attack and category, calls, what so many cases can show, and what they will cost. Nothing is sent.", "plumb plan", "plumb plan --baseline bob --candidate bob+./tuned --suite jailbreak-250 --repeats 3", "plumb plan --json")
    {
        _workshop = workshop;
        Options.Add(_json);
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        settings.RequireNames(needsOutput: false);
        var setup = AuditSetup.Of(settings);
        foreach (var note in setup.Suite.Notes) screen.Note(note);
        foreach (var doubt in NamedModel.Doubts(setup.DrawsAtRandom, settings.Baseline, settings.Candidate)) screen.Note($"Caution: {doubt}");
        var cases = CasePlanner.Plan(setup.Suite, setup.Attacks, setup.Sampling, setup.CaseLimit);
        var taken = ExpectedReuse.Of(_workshop, settings, setup, cases);
        foreach (var nothing in taken?.WhyNothing ?? []) screen.Note($"Caution: {nothing}");
        var plan = PlannedAudit.Of(settings, setup, cases, taken?.Forecast);
        if (arguments.GetValue(_json))
        {
            screen.Json(plan, PlanJsonContext.Default.PlannedAudit);
            return Task.FromResult(ExitCode.Fine);
        }

        PlanSummary.Print(screen, plan);
        PowerSummary.Print(screen, plan.Kinds);
        CostTable.Print(screen, plan.Cost);
        return Task.FromResult(ExitCode.Fine);
    }
}
