using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Cases;
using Plumbline.Configuration.Audits;
using Plumbline.Costs;

namespace Plumbline.Cli.Commands;

/// <summary>Says what an audit would ask, and asks nothing.</summary>
internal sealed class PlanVerb : ConfiguredVerb
{
    public PlanVerb(Workshop workshop)
        : base(workshop, "plan", "Say what an audit would ask: cases by suite, attack and category, calls, what so many cases can show, and what they will cost. Nothing is sent.", "plumb plan", "plumb plan --baseline bob --candidate bob+./tuned --suite jailbreak-250 --repeats 3")
    {
    }

    protected override Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken)
    {
        settings.RequireNames(needsOutput: false);
        var setup = AuditSetup.Of(settings);
        var cases = CasePlanner.Plan(setup.Suite, setup.Attacks, setup.Sampling, setup.CaseLimit);
        PlanSummary.Print(screen, settings, setup, cases);
        PowerSummary.Print(screen, setup, cases);
        CostTable.Print(screen, Estimate(settings, setup, cases));
        return Task.FromResult(ExitCode.Fine);
    }

    /// <summary>Of models by their names alone: none is opened, so that a plan needs neither weights nor keys.</summary>
    private static CostEstimate Estimate(AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases)
    {
        var spending = SpendingSetup.Of(settings);
        var prices = spending.Prices;
        List<PricedModel> models = [NamedModel.Priced(Spender.Baseline, settings.Baseline, prices), NamedModel.Priced(Spender.Candidate, settings.Candidate, prices), .. setup.Judging.Models(prices)];
        models.ForEach(spending.Ledger.Require);
        return CostEstimate.Of(cases, setup.Sampling, models, prices?.Currency, LearnedTokens.In(settings.Output));
    }
}
