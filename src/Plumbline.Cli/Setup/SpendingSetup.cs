using Microsoft.Extensions.AI;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Settings;
using Plumbline.Costs;
using Plumbline.Providers.Models;
using Plumbline.Providers.Prices;

namespace Plumbline.Cli.Setup;

/// <summary>What models cost, and what a run may.</summary>
internal sealed class SpendingSetup
{
    private SpendingSetup(PriceList? prices, decimal? budget)
    {
        Prices = prices;
        Ledger = new SpendingLedger(prices?.Currency, budget);
    }

    /// <summary>The prices; null where none were given.</summary>
    public PriceList? Prices { get; }

    /// <summary>What counts and limits.</summary>
    public SpendingLedger Ledger { get; }

    /// <summary>Reads the settings and the price file that they name.</summary>
    /// <exception cref="PriceException">The file is wrong, or there is a budget without prices.</exception>
    public static SpendingSetup Of(AuditSettings settings) => new(settings.Prices is { } file ? PriceFile.Read(file) : null, settings.Optional(AuditKeys.Budget));

    /// <summary>A client that counts, and limits, what a model spends.</summary>
    /// <exception cref="PriceException">There is a budget, and the model has no price.</exception>
    public IChatClient Meter(Spender spender, OpenedModel model) => Ledger.Meter(model.Priced(spender, Prices), model.Client);
}
