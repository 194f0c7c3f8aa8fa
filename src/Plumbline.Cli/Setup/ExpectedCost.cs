using Plumbline.Audits.Planning;
using Plumbline.Audits.Reuse;
using Plumbline.Cases;
using Plumbline.Configuration.Audits;
using Plumbline.Costs;
using Plumbline.Pairs;
using Plumbline.Providers.Models;
using Plumbline.Runs;

namespace Plumbline.Cli.Setup;

/// <summary>What an audit will cost, of models by their names alone: none is opened, so that an estimate needs neither weights nor keys.</summary>
internal static class ExpectedCost
{
    /// <summary>Estimates the audit that the settings describe.</summary>
    /// <param name="settings">Name the models, the price file and the budget, and the run's folder and earlier ones: what a finished run shows is learnt from.</param>
    /// <param name="setup">What is asked, and who judges.</param>
    /// <param name="cases">The cases, repeats included.</param>
    /// <param name="taken">What is taken over from earlier runs; null for nothing.</param>
    /// <exception cref="PriceException">The price file is wrong, or there is a budget and a model without a price.</exception>
    public static CostEstimate Of(AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases, ReuseForecast? taken)
    {
        var spending = SpendingSetup.Of(settings);
        var prices = spending.Prices;
        List<PricedModel> judges = [.. setup.Judging.Models(prices)];
        List<PricedModel> models = [NamedModel.Priced(Spender.Baseline, settings.Baseline, prices), NamedModel.Priced(Spender.Candidate, settings.Candidate, prices), .. judges];
        if (setup.NeedsHelper) models.Add(NamedModel.Priced(Spender.Helper, settings.HelperModel!, prices));
        models.ForEach(spending.Ledger.Require);
        return CostEstimate.Of(
            cases,
            setup.Sampling,
            models,
            prices?.Currency,
            LearnedTokens.In([.. settings.Output is { } output ? [output] : Array.Empty<string>(), .. settings.Reuse]),
            CasePlanner.Preparations(setup.Suite, setup.Attacks, setup.CaseLimit),
            ProbesOf(settings, setup),
            taken is null ? null : (model, place, side) => model.Spender == Spender.Judge ? taken.HasScore(judges.IndexOf(model), place, side) : taken.HasAnswer(place, side));
    }

    // A run that is planned has been through them.
    private static IReadOnlyList<ProbeCalls> ProbesOf(AuditSettings settings, AuditSetup setup)
    {
        if (settings.Output is { } output && File.Exists(Path.Combine(output, RunFolder.PlanFile))) return [];

        var sides = new[] { (Side.Baseline, settings.Baseline), (Side.Candidate, settings.Candidate) };
        return PlannedProbes.Of(setup.Suite, setup.Attacks, [.. sides.Where(one => NamedModel.Of(one.Item2) is EndpointModelReference).Select(one => one.Item1)]);
    }
}
