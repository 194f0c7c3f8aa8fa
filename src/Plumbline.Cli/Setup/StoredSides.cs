using Plumbline.Costs;
using Plumbline.Providers;
using Plumbline.Providers.Models;
using Plumbline.Runs;

namespace Plumbline.Cli.Setup;

/// <summary>What the models of a stored run cost, though they are not opened any more.</summary>
internal static class StoredSides
{
    /// <summary>Enters their prices.</summary>
    public static void Enter(SpendingLedger ledger, RunPlan plan, PriceList? prices)
    {
        foreach (var (spender, model) in new[] { (Spender.Baseline, plan.Baseline), (Spender.Candidate, plan.Candidate) })
            ledger.Enter(new PricedModel(spender, model.Name, PriceOf(model.Name, prices)));
    }

    private static ModelPrice? PriceOf(string name, PriceList? prices)
    {
        try
        {
            return ModelReference.Parse(name).PriceIn(prices);
        }
        catch (ModelReferenceException)
        {
            // Its folder or file has gone since: only its whole name can be looked up.
            return prices?.Of(name);
        }
    }
}
