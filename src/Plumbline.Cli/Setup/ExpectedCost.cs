using Plumbline.Cases;
using Plumbline.Configuration.Audits;
using Plumbline.Costs;

namespace Plumbline.Cli.Setup;

/// <summary>What an audit will cost, of models by their names alone: none is opened, so that an estimate needs neither weights nor keys.</summary>
internal static class ExpectedCost
{
    /// <summary>Estimates the audit that the settings describe.</summary>
    /// <param name="settings">Name the models, the price file and the budget, and the run's folder, from which a finished run is learnt from.</param>
    /// <param name="setup">What is asked, and who judges.</param>
    /// <param name="cases">The cases, repeats included.</param>
    /// <exception cref="PriceException">The price file is wrong, or there is a budget and a model without a price.</exception>
    public static CostEstimate Of(AuditSettings settings, AuditSetup setup, IReadOnlyList<AuditCase> cases)
    {
        var spending = SpendingSetup.Of(settings);
        var prices = spending.Prices;
        List<PricedModel> models = [NamedModel.Priced(Spender.Baseline, settings.Baseline, prices), NamedModel.Priced(Spender.Candidate, settings.Candidate, prices), .. setup.Judging.Models(prices)];
        models.ForEach(spending.Ledger.Require);
        return CostEstimate.Of(cases, setup.Sampling, models, prices?.Currency, LearnedTokens.In(settings.Output));
    }
}
